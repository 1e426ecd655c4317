/**
 * Runs in plain Node, any thread; pure. The films of the sample archive, shot by shot and line by line.
 * After a change here run scripts/make-sample-media.mjs again.
 */
import type { Reel } from './reel.ts';

export const groundReel: Reel = {
  name: 'ground',
  seconds: 36,
  families: ['ground'],
  orig: [854, 480],
  sizes: ['orig', 'mobile'],
  shots: [
    {
      from: 0,
      kind: 'craters',
      look: 'moon',
      seed: 71,
      phase: 0.6,
      pan: [1, 0],
      lines: [
        { from: 0.6, until: 2.7, says: ['{N}.', 'This is {N}.', 'Over {N} now.'] },
        {
          from: 3.15,
          until: 6.07,
          says: [
            'The sun is low here, so every little crater has its own shadow.',
            'Low sun: each crater keeps half of its floor in the dark.',
          ],
        },
        {
          from: 6.45,
          until: 8.55,
          says: ['The big ones came first.', 'Old craters are soft, new ones are sharp.'],
        },
        {
          from: 9,
          until: 11.4,
          says: ['We pass over the rim in a moment.', 'Look how the rims overlap.'],
        },
      ],
    },
    {
      from: 12,
      kind: 'plain',
      look: '',
      seed: 12,
      phase: 0.6,
      pan: [1, 0],
      lines: [
        {
          from: 12.6,
          until: 15.23,
          says: [
            'Now down on the ground: stones as far as the hills.',
            'A plain, and stones on it.',
          ],
        },
        {
          from: 15.75,
          until: 18.6,
          says: [
            'The sky is pale with dust.',
            'That is not fog over the hills, it is dust in the sky.',
          ],
        },
        {
          from: 19.2,
          until: 22.8,
          says: [
            'The hills are further away than they look; there is nothing to measure them by.',
            'Nobody was here to hold the camera.',
          ],
        },
      ],
    },
    {
      from: 24,
      kind: 'world',
      look: 'moon',
      seed: 5,
      phase: 0.9,
      pan: [-1, 0],
      lines: [
        {
          from: 24.6,
          until: 27,
          says: ['And the whole Moon, from far off.', 'Back to the Moon as one sees it from home.'],
        },
        {
          from: 27.6,
          until: 30.45,
          says: [
            'Along the terminator every crater stands out.',
            'The line between day and night is the best place to look.',
          ],
        },
        {
          from: 31.05,
          until: 33.67,
          says: ['That is all of {N} for now.', 'Thank you for flying along.'],
        },
      ],
    },
  ],
};

export const worldsReel: Reel = {
  name: 'worlds',
  seconds: 36,
  families: ['disc'],
  orig: [1280, 720],
  sizes: ['orig', 'medium', 'mobile', 'preview'],
  shots: [
    {
      from: 0,
      kind: 'giant',
      look: 'jupiter',
      seed: 33,
      phase: 0.4,
      pan: [-1, 0],
      lines: [
        { from: 0.8, until: 3.4, says: ['{N}, and its neighbours.', 'A short tour past {N}.'] },
        {
          from: 4,
          until: 7.3,
          says: [
            'Jupiter first: bands of cloud, light and dark.',
            'Here is Jupiter. Each band is a wind of its own.',
          ],
        },
        { from: 8, until: 10.9, says: ['The oval is a storm.', 'Storms roll between the bands.'] },
      ],
    },
    {
      from: 12,
      kind: 'ringed',
      look: 'saturn',
      seed: 21,
      phase: 0.5,
      pan: [1, 0],
      lines: [
        {
          from: 12.8,
          until: 15.9,
          says: ['Saturn, with the rings wide open.', 'And this is Saturn.'],
        },
        {
          from: 16.6,
          until: 19.7,
          says: [
            'The dark gap in the rings is the Cassini Division.',
            'The rings throw their shadow on the clouds.',
          ],
        },
        {
          from: 20.4,
          until: 23,
          says: ['The rings are ice, and very thin.', 'Seen edge on they would vanish.'],
        },
      ],
    },
    {
      from: 24,
      kind: 'world',
      look: 'mars',
      seed: 8,
      phase: 0.6,
      pan: [-1, 0],
      lines: [
        { from: 24.8, until: 27.6, says: ['Mars: rust, and a little ice.', 'Mars, to end with.'] },
        {
          from: 28.2,
          until: 31.4,
          says: ['The white cap is ice.', 'Dark ground is bare rock, bright ground is dust.'],
        },
        { from: 32, until: 34.8, says: ['That was {N}. Good night.', 'And that is the tour.'] },
      ],
    },
  ],
};

export const deepReel: Reel = {
  name: 'deep',
  seconds: 45,
  families: ['sky'],
  orig: [854, 480],
  sizes: ['orig', 'small'],
  shots: [
    {
      from: 0,
      kind: 'nebula',
      look: 'orion',
      seed: 42,
      phase: 0,
      pan: [1, 0],
      lines: [
        {
          from: 0.6,
          until: 2.85,
          says: ['{N} and what is round it.', 'Tonight: {N}.', 'A look at {N}.'],
        },
        {
          from: 3.45,
          until: 6.6,
          says: [
            'First a nebula, lit by the young stars inside it.',
            'This nebula is gas that was never a star, and will be.',
          ],
        },
        {
          from: 7.2,
          until: 10.2,
          says: [
            'The dark folds are dust.',
            'Where it is dark there is dust in front, not a hole.',
          ],
        },
      ],
    },
    {
      from: 11.25,
      kind: 'spiral',
      look: 'face',
      seed: 19,
      phase: 0,
      pan: [0, 1],
      lines: [
        {
          from: 11.93,
          until: 14.7,
          says: ['A galaxy, seen from above.', 'Now a spiral galaxy, face on.'],
        },
        {
          from: 15.3,
          until: 18.15,
          says: [
            'Blue arms are young stars; the yellow middle is old.',
            'The arms are where stars are born.',
          ],
        },
        {
          from: 18.75,
          until: 21.45,
          says: ['Its light is older than we are.', '<i>(quiet music)</i>'],
        },
      ],
    },
    {
      from: 22.5,
      kind: 'star-field',
      look: 'band',
      seed: 3,
      phase: 0,
      pan: [1, 0],
      lines: [
        {
          from: 23.1,
          until: 25.8,
          says: [
            'Our own galaxy, from the inside: the Milky Way.',
            'The Milky Way, with its dark rifts.',
          ],
        },
        {
          from: 26.4,
          until: 29.4,
          says: ['Every dot in this field is a star.', 'Too many stars to count by eye.'],
        },
        {
          from: 30,
          until: 32.7,
          says: ['What you see here was drawn, not photographed.', 'How far away is it? Very far.'],
        },
      ],
    },
    {
      from: 33.75,
      kind: 'comet',
      look: '',
      seed: 6,
      phase: 0,
      pan: [-1, 0],
      lines: [
        {
          from: 34.35,
          until: 36.75,
          says: ['A comet, with both tails.', 'And here comes a comet.'],
        },
        {
          from: 37.35,
          until: 40.2,
          says: [
            'The straight tail is gas, the curved one is dust.',
            'The tails always point away from the sun.',
          ],
        },
        {
          from: 40.8,
          until: 43.5,
          says: ['That is all from {N} tonight. Thank you.', 'Clear skies.'],
        },
      ],
    },
  ],
};

export const lightReel: Reel = {
  name: 'light',
  seconds: 24,
  families: ['sun', 'horizon'],
  orig: [960, 540],
  sizes: ['orig', 'large', 'preview'],
  shots: [
    {
      from: 0,
      kind: 'sun',
      look: 'he-304',
      seed: 9,
      phase: 0,
      pan: [1, 0],
      lines: [
        { from: 0.8, until: 3.2, says: ['{N}.', 'From the series on {N}.'] },
        {
          from: 3.8,
          until: 6.9,
          says: ['The sun in light no eye can see.', 'Bright patches are active regions.'],
        },
      ],
    },
    {
      from: 8,
      kind: 'eclipse',
      look: '',
      seed: 15,
      phase: 0,
      pan: [-1, 0],
      lines: [
        {
          from: 8.8,
          until: 11.6,
          says: [
            'An eclipse: the Moon before the sun.',
            'Totality. The eclipse lasts two minutes.',
          ],
        },
        {
          from: 12.2,
          until: 15,
          says: ['The white streamers are the corona.', '<i>(applause)</i>'],
        },
      ],
    },
    {
      from: 16,
      kind: 'aurora',
      look: '',
      seed: 27,
      phase: 0,
      pan: [1, 0],
      lines: [
        {
          from: 16.8,
          until: 19.4,
          says: ['And what it does to our air: an aurora.', 'Northern lights over the hills.'],
        },
        { from: 20, until: 22.8, says: ['Green is oxygen, high up.', 'Good night from {N}.'] },
      ],
    },
  ],
};
