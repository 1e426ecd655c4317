/** Words of the building blocks themselves. */
export const uiText = {
  close: 'Close',
  copied: 'Copied',
  copyDetails: 'Copy details',
  detailsCopied: 'Details copied.',
  clearSearch: 'Clear the search',
  removeFilter: (name: string) => `Remove the filter ${name}`,
  noLicence: 'No licence stated',
  opensOutside: 'opens in the browser',
  resizeInspector: 'Width of the inspector',
  closeInspector: 'Close the inspector',
};
