/** Commands about the PDS Registry: a part of the registry (commands.ts), which checks their shape. */
export const pdsActs = {
  'pds.label': {
    title: 'Show the label',
    group: 'record',
    shortcut: 'Mod+Shift+L',
    menu: 'record',
    words: 'pds xml product',
  },
  'pds.copyId': {
    title: 'Copy the LIDVID',
    group: 'record',
    shortcut: 'Mod+I',
    menu: 'record',
    words: 'pds identifier lid urn',
  },
  'pds.parents': {
    title: 'Go to what holds it',
    group: 'record',
    shortcut: 'Alt+ArrowUp',
    menu: 'record',
    words: 'pds parent collection bundle member of up',
  },
  'pds.place': {
    title: 'Show its place in the tree',
    group: 'record',
    menu: 'record',
    words: 'pds chain bundle collection',
  },
  'pds.members': {
    title: 'Find its members by a query',
    group: 'record',
    menu: 'record',
    words: 'pds bundle collection products',
  },
  'pds.saveLabel': {
    title: 'Save the label',
    group: 'record',
    shortcut: 'Mod+Shift+D',
    menu: 'record',
    words: 'pds download xml',
  },
  'pds.toggleSuperseded': {
    title: 'Show or hide superseded versions',
    group: 'view',
    shortcut: 'Mod+Shift+S',
    menu: 'view',
    words: 'pds older all latest',
  },
} as const;

/** On a label. */
export const labelActs = {
  'label.tree': { title: 'Label as a tree', group: 'label', words: 'xml elements' },
  'label.source': { title: 'Source of the label', group: 'label', words: 'xml text lines' },
  'label.onlyMatches': {
    title: 'Only matches in the label',
    group: 'label',
    words: 'filter reduce search',
  },
  'label.xpath': { title: 'Find in the label by XPath', group: 'label', words: 'expression' },
  'label.expandAll': { title: 'Expand all of the label', group: 'label', words: 'unfold open' },
  'label.collapseAll': { title: 'Collapse all of the label', group: 'label', words: 'fold close' },
  'label.copyPath': {
    title: 'Copy the XPath of the element',
    group: 'label',
    shortcut: 'Mod+Shift+X',
  },
  'label.copyValue': { title: 'Copy the value of the element', group: 'label' },
  'label.findProducts': {
    title: 'Find products with this value',
    group: 'label',
    words: 'registry query same',
  },
  'label.product': { title: 'Back to the product of the label', group: 'label' },
} as const;

/** On a query. */
export const queryActs = {
  'query.run': {
    title: 'Run the query',
    group: 'search',
    shortcut: 'Mod+Enter',
    words: 'pds registry ask send',
  },
  'query.cancel': { title: 'Cancel the run', group: 'search', words: 'pds query stop' },
  'query.new': { title: 'New query', group: 'search', words: 'pds registry empty' },
  'query.open': {
    title: 'Open a saved query…',
    group: 'search',
    shortcut: 'Mod+Shift+O',
    words: 'pds registry named',
  },
  'query.save': {
    title: 'Save the query…',
    group: 'search',
    shortcut: 'Mod+S',
    words: 'pds registry name keep',
  },
  'query.copyText': { title: 'Copy the query', group: 'search', words: 'pds registry text q' },
  'query.copyCommand': {
    title: 'Copy the query as a command',
    group: 'search',
    words: 'pds registry terminal shell script',
  },
  'query.addCondition': {
    title: 'Add a condition',
    group: 'search',
    shortcut: 'Mod+Shift+E',
    words: 'pds query builder',
  },
  'query.addGroup': {
    title: 'Add a group',
    group: 'search',
    shortcut: 'Mod+Shift+G',
    // The system's own of this key finds the previous match.
    macShortcut: 'Mod+Alt+G',
    words: 'pds query builder all any',
  },
  'query.columns': { title: 'Choose columns…', group: 'view', words: 'pds results table' },
} as const;
