/** Words of what one archive's record has to do with the others. */
export const relatedText = {
  related: 'Related',
  note: 'Found in this record’s own words. Nothing is asked before you open one.',
  names: (name: string): string => `names ${name}`,
  namesMission: (name: string): string => `names the mission ${name}`,
  sameObject: (name: string): string => `same object: ${name}`,
  inField: (name: string): string => `${name} lies in its field`,
  sameTarget: (name: string): string => `same target: ${name}`,
  sameMission: (name: string): string => `same mission: ${name}`,
  namesPicture: (id: string): string => `names ${id}`,
  picture: (id: string): string => `NASA record ${id}`,
  nasaSearch: (words: string): string => `NASA Images of ${words}`,
  pdsTarget: (name: string): string => `PDS bundles about ${name}`,
  pdsWords: (words: string): string => `PDS bundles of ${words}`,
  astrobinSubject: (name: string): string => `AstroBin images of ${name}`,
  astrobinTitle: (name: string): string => `AstroBin images named ${name}`,
  more: (count: number): string => `Show ${count} more`,
} as const;
