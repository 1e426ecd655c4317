/** Commands about AstroBin: a part of the registry (commands.ts), which checks their shape. */
export const astrobinPlaces = {
  'go.astrobin': {
    title: 'AstroBin: image of the day',
    group: 'go',
    shortcut: 'Mod+3',
    menu: 'go',
    words: 'astrophotography astronomy iotd earlier days',
  },
  'go.astrobinTopPicks': {
    title: 'AstroBin: top picks',
    group: 'go',
    menu: 'go',
    words: 'astrophotography chosen best',
  },
  'go.astrobinNominations': {
    title: 'AstroBin: top pick nominations',
    group: 'go',
    menu: 'go',
    words: 'astrophotography nominated',
  },
  'go.astrobinSearch': {
    title: 'AstroBin: search',
    group: 'go',
    menu: 'go',
    words: 'astrophotography subject object title images newest',
  },
  'go.astrobinUsers': {
    title: 'AstroBin: users',
    group: 'go',
    menu: 'go',
    words: 'astrophotographer person profile find',
  },
  'go.astrobinCollections': {
    title: 'AstroBin: collections',
    group: 'go',
    menu: 'go',
    words: 'astrophotography albums users',
  },
} as const;

export const astrobinActs = {
  'astrobin.earlier': {
    title: 'The day before',
    group: 'record',
    words: 'astrobin image of the day earlier older previous',
  },
  'astrobin.later': {
    title: 'The day after',
    group: 'record',
    words: 'astrobin image of the day later newer next',
  },
  'astrobin.goToDay': {
    title: 'Go to a day…',
    group: 'record',
    words: 'astrobin image of the day date',
  },
  'astrobin.listAll': {
    title: 'List all by dates',
    group: 'search',
    menu: 'view',
    words: 'astrobin subject past 100 whole everything',
  },
  'astrobin.key': {
    title: 'Enter the AstroBin key…',
    group: 'settings',
    words: 'api secret store replace',
  },
  'astrobin.checkKey': {
    title: 'Check the AstroBin key',
    group: 'settings',
    words: 'api secret accepted test',
  },
} as const;
