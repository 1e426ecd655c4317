/** What texts name, and above all what they do not. */
import { describe, expect, test } from 'vitest';
import { namesIn } from '#renderer/features/related/find-names.ts';

const bodiesIn = (text: string, terms: string[] = []) =>
  namesIn({ text, terms }).bodies.map(({ name }) => name);
const missionsIn = (text: string, terms: string[] = []) =>
  namesIn({ text, terms }).missions.map(({ name }) => name);
const objectsIn = (text: string, terms: string[] = []) =>
  namesIn({ text, terms }).objects.map(({ name }) => name);

describe('bodies', () => {
  test.each([
    ['Dunes of Mars, seen from orbit', ['Mars']],
    ['Footprints on the Moon', ['Moon']],
    ['The Great Red Spot of Jupiter with Io in front', ['Jupiter', 'Io']],
    ['Saturn’s rings; Titan, Rhea and Enceladus beyond', ['Saturn', 'Titan', 'Enceladus', 'Rhea']],
    ['A mosaic of the asteroid Vesta', ['Vesta']],
    ['Triton, largest moon of Neptune', ['Neptune', 'Triton']],
    ['Mercury in enhanced colour', ['Mercury']],
  ])('%s', (text, wanted) => {
    expect(bodiesIn(text).sort()).toEqual([...wanted].sort());
  });

  test.each([
    'A Saturn V rocket rolls out; the Saturn IB stands behind it',
    'S-IVB stage of the Saturn-5 launch vehicle',
    'Titan II rocket with Gemini, Titan IV/Centaur at Saturn Street',
    'A mercury thermometer; Mercury-Redstone 3 and the Mercury Seven astronauts of Project Mercury',
    'Jupiter, Florida: a Jupiter-C rocket on show',
    'Once in a blue moon: Keith Moon plays, Wally Moon bats',
    'Bruno Mars sings near Mars Hill',
    'Miranda, Ariel and Rhea are engineers; so are Pandora and Io Martin',
    'Venus Williams at the Venus flytrap greenhouse',
    'Prometheus brings fire; Europa League tonight',
    'The Saturn Nebula and the Ghost of Jupiter are planetary nebulae',
    'eros and psyche, a Greek tale; Psyche by Raphael',
    'marsh, marshal, marsupial, moonlight, jovial, plutonium, venusian',
    'Operation Neptune began at dawn',
    'Ceres Winery opens',
  ])('nothing in: %s', (text) => {
    expect(bodiesIn(text)).toEqual([]);
  });

  test('a keyword is enough, unless the text means something else by it', () => {
    expect(bodiesIn('A dry river', ['Mars', 'Geology'])).toEqual(['Mars']);
    expect(bodiesIn('A dry river', ['Marshall Space Flight Center', 'Moon Jae-in'])).toEqual([]);
    expect(bodiesIn('Alan Shepard before Mercury-Redstone 3', ['Mercury'])).toEqual([]);
    expect(bodiesIn('Roll-out of the Saturn V rocket', ['Saturn'])).toEqual([]);
    expect(bodiesIn('A portrait', ['Ariel'])).toEqual([]);
    expect(bodiesIn('Seen from afar', ['Ariel', 'Uranus']).sort()).toEqual(['Ariel', 'Uranus']);
  });
});

describe('missions', () => {
  test.each([
    ['NASA’s InSight lander', ['InSight']],
    ["NASA's Curiosity Mars rover drills", ['Curiosity']],
    ['The Mars Science Laboratory descends; Curiosity rover below', ['Curiosity']],
    ['Rover Opportunity looks back', ['Opportunity']],
    ['NASA’s Dawn spacecraft at Vesta', ['Dawn']],
    ['Voyager 2 passes Neptune', ['Voyager']],
    ['Cassini looks at the rings', ['Cassini']],
    ['Pluto by New Horizons', ['New Horizons']],
    ['Mercury as MESSENGER saw it', ['MESSENGER']],
  ])('%s', (text, wanted) => {
    expect(missionsIn(text)).toEqual(wanted);
  });

  test.each([
    'At dawn, a spirit of curiosity is an opportunity for perseverance',
    'Opportunity Knocks: The Spirit of Curiosity at Dawn',
    'Galileo Galilei and Giovanni Domenico Cassini looked at Saturn',
    'The Cassini Division',
    'Phoenix, Arizona from orbit; the phoenix rises',
    'Insights from a messenger: the holy grail of genesis',
    'New Horizons in Education: a workshop',
    'Viking ships and voyagers; a pioneer of the West',
    'Lucy in the sky with stardust; a rosetta stone; a deep impact on schools',
    'Magellan sailed round the world, Juno was a goddess',
    'Maven of the arts',
  ])('nothing in: %s', (text) => {
    expect(missionsIn(text)).toEqual([]);
  });

  test('a keyword that is a word names no mission by itself', () => {
    expect(missionsIn('A launch', ['Dawn', 'Spirit', 'Opportunity', 'Galileo', 'Juno'])).toEqual(
      [],
    );
    expect(missionsIn('A launch', ['InSight'])).toEqual(['InSight']);
  });
});

describe('objects of the catalogues', () => {
  test.each([
    ['Messier 31 in ultraviolet', ['M 31']],
    ['The galaxy M31 and its companions M32 and M 110', ['M 31', 'M 32', 'M 110']],
    ['NGC 7000 and NGC 224', ['NGC 7000', 'M 31']],
    ['IC 434 with the Horsehead Nebula', ['IC 434']],
    ['The Andromeda Galaxy', ['M 31']],
    ["Stephan's Quintet", ['NGC 7320']],
    ['NGC 1 is a spiral', ['NGC 1']],
    ['The Pleiades at dusk', ['M 45']],
  ])('%s', (text, wanted) => {
    expect(objectsIn(text)).toEqual(wanted);
  });

  test.each([
    'The M2-F1 lifting body, an M16 rifle and an M1 tank on the M 5 motorway',
    'IC 555 timer circuit, IC chips',
    'Room M 31, bolts of size M8 and M10',
    'The Pleiades supercomputer at Ames',
    'A crab on the beach, an owl, a ring, an eagle; the lagoon',
    'M 111 and Messier 200 are not of the list, NGC is a catalogue',
    'Form NGC-2023-17 and IC-7.5',
  ])('nothing in: %s', (text) => {
    expect(objectsIn(text)).toEqual([]);
  });

  test('AstroBin’s subjects are names as they stand', () => {
    expect(objectsIn('', ['M 31', 'NGC 206', 'Andromeda Galaxy', 'HD 3431'])).toEqual([
      'M 31',
      'NGC 206',
    ]);
    expect(objectsIn('A workshop', ['M5', 'IC 10'])).toEqual([]);
  });
});

test('pictures by their number, and not numbers that look like it', () => {
  const { pictures } = namesIn({
    text: 'See PIA24439 and PIA 00123; PIA2443, PIA244390 and SPIA24439 are none. PIA24439 again.',
    terms: ['PIA17172'],
  });
  expect(pictures).toEqual(['PIA24439', 'PIA00123', 'PIA17172']);
});

test('a text of any length and content is read in a moment', () => {
  const long = 'the Moon of Saturn M M M NGC PIA '.repeat(20_000);
  const before = performance.now();
  namesIn({ text: long, terms: Array.from({ length: 500 }, (_one, at) => `term ${at}`) });
  expect(performance.now() - before).toBeLessThan(5000);
});
