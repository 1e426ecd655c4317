/** Commands about films, sounds and their captions: a part of the registry (commands.ts), which checks their shape. */
export const playerActs = {
  'player.play': {
    title: 'Play or pause',
    group: 'player',
    shortcut: 'K',
    words: 'film video sound audio',
  },
  'player.back': { title: '10 seconds back', group: 'player', shortcut: 'J', words: 'rewind' },
  'player.on': { title: '10 seconds on', group: 'player', shortcut: 'L', words: 'forward' },
  'player.frameBack': { title: 'One frame back', group: 'player', shortcut: ',' },
  'player.frameOn': { title: 'One frame on', group: 'player', shortcut: '.' },
  'player.slower': { title: 'Play slower', group: 'player', shortcut: '<', words: 'speed' },
  'player.faster': { title: 'Play faster', group: 'player', shortcut: '>', words: 'speed' },
  'player.mute': { title: 'Sound off or on', group: 'player', shortcut: 'M', words: 'mute volume' },
  'player.captions': {
    title: 'Captions on the picture',
    group: 'player',
    shortcut: 'C',
    words: 'subtitles',
  },
  'player.fullscreen': {
    title: 'Fill the screen with the film',
    group: 'player',
    shortcut: 'F',
    words: 'fullscreen',
  },
} as const;

export const captionActs = {
  'captions.follow': { title: 'Follow playback in the captions', group: 'captions' },
  'captions.copyQuote': {
    title: 'Copy quote',
    group: 'captions',
    shortcut: 'Q',
    words: 'cite transcript',
  },
  'captions.copyAll': {
    title: 'Copy the whole transcript',
    group: 'captions',
    words: 'captions subtitles',
  },
  'captions.saveSrt': {
    title: 'Save the captions as SRT',
    group: 'captions',
    words: 'export subtitles',
  },
  'captions.saveVtt': {
    title: 'Save the captions as WebVTT',
    group: 'captions',
    words: 'export subtitles',
  },
  'captions.saveTxt': {
    title: 'Save the captions as plain text',
    group: 'captions',
    words: 'export transcript',
  },
} as const;
