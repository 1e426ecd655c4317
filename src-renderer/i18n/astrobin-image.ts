/** Words of AstroBin's images in the record view. */
const number = new Intl.NumberFormat('en-GB');
const counted = (count: number, one: string, many: string): string =>
  count === 1 ? `1 ${one}` : `${number.format(count)} ${many}`;

export const astrobinImageText = {
  searchSubject: (subject: string): string => `Search AstroBin for ${subject}`,
  openUser: (user: string): string => `Images by ${user}`,
  subjects: 'In the field',
  noTitle: 'Untitled',
  animated: 'Animated',

  licence: 'Licence',
  copyCredit: 'Copy credit',
  copyCreditLabel: 'Copy credit line',
  licenceText: 'The licence’s text',
  permits: 'It permits',
  may: {
    share: 'Passing it on',
    sell: 'Selling it',
    change: 'Changing it',
  },
  yes: 'yes',
  no: 'no',
  notKnown: 'not known',

  equipment: 'Equipment',
  camera: (count: number): string => (count === 1 ? 'Camera' : 'Cameras'),
  telescope: (count: number): string => (count === 1 ? 'Telescope' : 'Telescopes'),
  dataSource: 'Data source',
  remoteSource: 'Hosted at',
  places: (count: number): string => (count === 1 ? 'Place' : 'Places'),
  showPlaces: (count: number): string =>
    count === 1 ? 'Show the place' : `Show the ${number.format(count)} places`,
  placesCost: (count: number): string => counted(count, 'request', 'requests'),
  placeNumber: (id: number): string => `Place ${id}`,
  noPlaces: 'AstroBin names no place for this image.',
  altitude: (metres: number): string => `${number.format(Math.round(metres))} m`,
  noEquipment: 'AstroBin names no equipment for this image.',

  solution: 'Plate solution',
  solutionStates: {
    MISSING: 'not solved',
    PENDING: 'being solved',
    FAILED: 'could not be solved',
    SUCCESS: 'solved',
    ADVANCED_PENDING: 'solved, finer solution under way',
    ADVANCED_FAILED: 'solved, finer solution failed',
    ADVANCED_SUCCESS: 'solved',
  },
  noSolution: 'AstroBin gives no whole plate solution of this picture.',
  noCentre: 'AstroBin gives no coordinates of this picture.',
  noOverlay: 'AstroBin has drawn no overlay of this picture.',
  notSolved: 'So AstroBin gives no coordinates, and no grid can be drawn.',
  notWhole: 'AstroBin gives a part of the solution only, so no grid can be drawn.',
  centreRa: 'Centre RA',
  centreDec: 'Centre Dec',
  field: 'Field',
  scale: 'Scale',
  orientation: 'Orientation',
  radius: 'Radius',
  degrees: (value: number): string => `${value.toFixed(3)}°`,
  fieldValue: (width: number, height: number): string =>
    `${width.toFixed(3)}° × ${height.toFixed(3)}°`,
  scaleValue: (scale: number): string => `${Number(scale.toFixed(3))}″ per pixel`,
  orientationValue: (angle: number): string => `${angle.toFixed(3)}° east of north`,
  copyCentre: 'Copy centre',
  copyCentreLabel: 'Copy centre coordinates',
  computed:
    'J2000. Grid, field and coordinates are computed from this centre, scale and orientation alone. AstroBin doesn’t say whether a picture is mirrored: east is taken to lie to the left of north. Names stand at places of Almagest’s own table.',

  waiting: 'Waiting for AstroBin, which allows one request a second.',
  waitingPreview:
    'Preview. The picture is waiting for AstroBin, which allows one request a second.',

  noHistogram: 'AstroBin gives no histogram of this image.',
  noSkyPlot: 'AstroBin gives no map of the sky of this image.',
  pictures: 'Charts',
  histogram: 'Histogram',
  skyPlot: 'Map of the sky',
  showPicture: (name: string): string => `Show the ${name.toLowerCase()}`,
  pictureCost: '2 requests',
  pictureFailed: (name: string): string => `${name}: could not be fetched.`,
  pictureAlt: {
    histogram: 'Histogram of the image, drawn by AstroBin',
    skyPlot: 'Where the image lies in the sky, drawn by AstroBin',
  },

  noRevisions: 'The image has no revisions.',
  revisionsNotAsked: 'The revisions were not asked for yet.',
  isFirstRevision: 'The first state is on the stage.',
  isLastRevision: 'The last revision is on the stage.',
  revisions: 'Revisions',
  revisionCount: (count: number): string => counted(count, 'revision', 'revisions'),
  showRevisions: (count: number): string =>
    count === 1 ? 'Show the revision' : `Show the ${number.format(count)} revisions`,
  revisionsCost: '1 request',
  firstState: 'First state',
  revision: (label: string): string => `Revision ${label}`,
  final: 'final',
  onStage: 'on the stage',
  pixels: (width: number, height: number): string => `${width} × ${height}`,
  missingRevisions: (count: number): string =>
    `${counted(count, 'revision is', 'revisions are')} named by the image and not there.`,
  loading: 'Asking AstroBin…',
  tryAgain: 'Try again',

  figures: 'At AstroBin',
  likes: 'Likes',
  views: 'Views',
  comments: 'Comments',
  bookmarks: 'Bookmarks',
  count: (value: number): string => number.format(value),
  noExposure: 'AstroBin’s API gives no exposure details for this image.',
  seeThem: 'See them on astrobin.com',
  fits: 'Open the link to the FITS file',
  link: 'Open the link given with it',
} as const;

export const skyText = {
  shown: 'What is shown',
  modes: { image: 'Image', solution: 'Solution', both: 'Both' },
  tools: 'Plate solution',
  grid: 'Grid of coordinates',
  names: 'Objects and names',
  invert: 'Invert the picture',
  crosshair: 'Crosshair',
  service: 'AstroBin’s own overlay',
  serviceCost: 'AstroBin’s own overlay (2 requests)',
  serviceFailed: 'AstroBin’s overlay could not be fetched.',
  serviceShown: 'AstroBin’s overlay lies over the picture.',
  from: {
    pointer: 'under the pointer',
    crosshair: 'at the crosshair',
    middle: 'in the middle',
  },
  j2000: 'J2000',
  copy: 'Copy these coordinates',
  crosshairHelp:
    'The arrow keys move the crosshair, with Shift further; Enter copies its coordinates, Escape takes it away.',
  copied: 'The coordinates were copied.',
  north: 'N',
  east: 'E',
  compass: 'North and east',
  scaleBar: (angle: string): string => `Scale: ${angle}`,
  chart: (names: readonly string[]): string =>
    names.length === 0
      ? 'Grid of right ascension and declination over the picture'
      : `Grid of right ascension and declination over the picture, with ${names.join(', ')}`,
} as const;
