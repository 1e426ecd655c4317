import { describe, expect, test } from 'vitest';
import { createPeople } from '#main/sample/astrobin/people.ts';
import { createHashCodec, createPermutation } from '#main/sample/astrobin/permutation.ts';
import {
  dayCount,
  revisionCount,
  revisionOf,
  revisionsOfImage,
  topPicks,
} from '#main/sample/astrobin/picks.ts';
import { createImages } from '#main/sample/astrobin/images.ts';
import { createTimeline, momentText } from '#main/sample/astrobin/timeline.ts';

describe('a permutation', () => {
  test.each([1, 2, 7, 100, 5001])('of %i hits every number once and is undone', (size) => {
    const { forward, backward } = createPermutation(3, size);
    const all = Array.from({ length: size }, (_, at) => at);
    const there = all.map(forward);
    expect(there.map(backward)).toEqual(all);
    expect(there.toSorted((a, b) => a - b)).toEqual(all);
  });
});

describe('hashes', () => {
  test('are six characters, all different, never digits alone, and lead back', () => {
    const { hashOf, indexOf } = createHashCodec(11);
    const all = Array.from({ length: 20_000 }, (_, at) => at);
    const hashes = all.map(hashOf);
    expect(hashes.filter((hash) => !/^(?!\d+$)[0-9a-z]{6}$/.test(hash))).toEqual([]);
    expect(hashes.map(indexOf)).toEqual(all);
    expect(new Set(hashes).size).toBe(20_000);
    expect(indexOf(hashOf(9_999_999))).toBe(9_999_999);
  });

  test('of nothing lead nowhere', () => {
    const { indexOf } = createHashCodec(11);
    for (const text of ['', '123456', 'ABCDEF', 'abcde', 'abcdefg', 'abc-ef'])
      expect(indexOf(text)).toBeNull();
  });
});

describe('users', () => {
  test.each([1, 5, 400, 6000])('of %i images have each of them once', (images) => {
    const people = createPeople(5, images);
    const owned: number[] = [];
    for (let user = 0; user < people.count; user += 1) {
      const own = people.imagesOf(user);
      expect(own).toHaveLength(people.imageCount(user));
      expect(own).toEqual(own.toSorted((a, b) => a - b));
      expect(new Set(own.map(people.ownerOf)).size).toBe(own.length === 0 ? 0 : 1);
      owned.push(...own);
    }
    expect(owned.toSorted((a, b) => a - b)).toEqual(owned.map((_, at) => at));
    expect(owned).toHaveLength(images);
  });

  test('are found by their own name only', () => {
    const people = createPeople(5, 20_000);
    const users = Array.from({ length: people.count }, (_, user) => user);
    const names = users.map(people.nameOf);
    expect(names.map(people.find)).toEqual(users);
    expect(new Set(names).size).toBe(people.count);
    const [first = ''] = names;
    for (const other of ['', `${first}11`, `${first}012`, `${first} `, first.toUpperCase(), '12'])
      expect(people.find(other), other).toBeNull();
  });

  test('a few have many images', () => {
    const people = createPeople(5, 20_000);
    const counts = Array.from({ length: people.count }, (_, user) => people.imageCount(user));
    expect(Math.max(...counts)).toBeGreaterThan(100);
    expect(counts.filter((count) => count <= 18).length).toBeGreaterThan(people.count / 2);
  });
});

describe('the timeline', () => {
  test.each([1, 60, 30_000])('of %i images rises and is read backwards', (size) => {
    const { uploadedAt, publishedAt, updatedAt, firstFrom } = createTimeline(9, size);
    const all = Array.from({ length: size }, (_, at) => at);
    const rises = all.every((at) => at === 0 || uploadedAt(at) > uploadedAt(at - 1));
    const follows = all.every((at) => {
      const [uploaded, published] = [uploadedAt(at), publishedAt(at)];
      return (published ?? uploaded + 1) > uploaded && updatedAt(at) >= (published ?? uploaded);
    });
    expect([rises, follows]).toEqual([true, true]);
    const some = all.filter((at) => at % 97 === 0);
    expect(some.map((at) => firstFrom(uploadedAt(at)))).toEqual(some);
    expect(some.map((at) => firstFrom(uploadedAt(at) + 1))).toEqual(some.map((at) => at + 1));
  });

  test('begins when the service did, and tells images with hashes from those without', () => {
    const { uploadedAt, firstHashed } = createTimeline(9, 30_000);
    expect(momentText(uploadedAt(0)).slice(0, 7)).toBe('2011-11');
    expect(momentText(uploadedAt(29_999)).slice(0, 7)).toBe('2026-10');
    expect(momentText(uploadedAt(firstHashed - 1)) < '2019-08').toBe(true);
    expect(momentText(uploadedAt(firstHashed)) >= '2019-08').toBe(true);
  });

  test('writes moments without zone, microseconds only where there are some', () => {
    const second = Date.UTC(2022, 1, 3, 22, 6, 41) * 1000;
    expect(momentText(second)).toBe('2022-02-03T22:06:41');
    expect(momentText(second + 530)).toBe('2022-02-03T22:06:41.000530');
  });
});

describe('revisions and picks', () => {
  test.each([1, 8, 9, 16, 21, 100])(
    'of %i images are counted and known from both sides',
    (size) => {
      const images = createImages(1, size);
      const total = revisionCount(images);
      const known = Array.from({ length: size }, (_, image) => revisionsOfImage(image)).flat();
      expect(known).toHaveLength(total);
      for (const revision of known) expect(revisionOf(images, revision.id)).toEqual(revision);
      expect(revisionOf(images, total + 1)).toBeNull();
      expect(revisionOf(images, 0)).toBeNull();
      expect(topPicks.count(images)).toBe(Math.max(0, Math.ceil((size - 3) / 50)));
    },
  );

  test('there is one image of the day a day', () => {
    expect(dayCount(Date.UTC(2013, 0, 1) / 86_400_000)).toBe(1);
    expect(dayCount(Date.UTC(2026, 10, 22) / 86_400_000)).toBe(5074);
  });
});
