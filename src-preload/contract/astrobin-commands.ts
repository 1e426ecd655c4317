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

/** On the picture of an image of AstroBin. */
export const skyActs = {
  'sky.mode': {
    title: 'Next of image, solution, both',
    group: 'sky',
    shortcut: 'S',
    words: 'astrobin plate solved mode cycle',
  },
  'sky.image': { title: 'Show the image alone', group: 'sky', words: 'astrobin plain mode' },
  'sky.solution': {
    title: 'Show the plate solution',
    group: 'sky',
    words: 'astrobin solved overlay mode dimmed',
  },
  'sky.both': {
    title: 'Show image and solution',
    group: 'sky',
    words: 'astrobin plate solved overlay mode',
  },
  'sky.grid': {
    title: 'Grid of coordinates',
    group: 'sky',
    shortcut: 'G',
    words: 'astrobin right ascension declination lines on off',
  },
  'sky.names': {
    title: 'Objects and names',
    group: 'sky',
    shortcut: 'O',
    words: 'astrobin annotations labels messier ngc on off',
  },
  'sky.invert': {
    title: 'Invert the picture',
    group: 'sky',
    shortcut: 'V',
    words: 'astrobin negative on off',
  },
  'sky.crosshair': {
    title: 'Crosshair',
    group: 'sky',
    shortcut: 'H',
    words: 'astrobin coordinates place cursor on off',
  },
  'sky.service': {
    title: 'AstroBin’s own overlay',
    group: 'sky',
    words: 'plate solution drawn annotations requests on off',
  },
  'sky.copyPlace': {
    title: 'Copy the coordinates read off the picture',
    group: 'sky',
    words: 'astrobin ra dec j2000 crosshair pointer',
  },
  'sky.copyCentre': {
    title: 'Copy the centre’s coordinates',
    group: 'sky',
    words: 'astrobin ra dec j2000 middle center',
  },
  'sky.histogram': { title: 'Show the histogram', group: 'sky', words: 'astrobin chart levels' },
  'sky.skyPlot': {
    title: 'Show the map of the sky',
    group: 'sky',
    words: 'astrobin chart sky plot constellation',
  },
  'sky.places': { title: 'Show where it was taken', group: 'sky', words: 'astrobin places site' },
  'sky.revisions': {
    title: 'Show the revisions',
    group: 'sky',
    words: 'astrobin states versions history',
  },
  'sky.laterRevision': {
    title: 'Next revision on the stage',
    group: 'sky',
    words: 'astrobin state version later',
  },
  'sky.earlierRevision': {
    title: 'Previous revision on the stage',
    group: 'sky',
    words: 'astrobin state version earlier',
  },
} as const;
