/** The import rules of docs/architecture.md, section 2: every one an error. */
const features = [
  'sources',
  'records',
  'downloads',
  'library',
  'cache',
  'sample',
  'captions',
  'results',
  'formats',
];

const forbid = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

export default {
  forbidden: [
    // A tree draws itself by naming itself, which is how Svelte 5 writes recursion: one file, no cycle of files.
    forbid(
      'no-cycles',
      'Cycles hide who knows whom.',
      { pathNot: '^src-renderer/features/record/TextTree\\.svelte$' },
      { circular: true },
    ),
    forbid(
      'renderer-imports-contract-only',
      'The page reaches main through the contract alone.',
      { path: '^src-renderer' },
      { path: '^(src-main|src-preload/(?!contract/)|test|scripts)' },
    ),
    forbid(
      'contract-is-pure',
      'The contract knows its schema library and itself.',
      { path: '^src-preload/contract' },
      { pathNot: '^(src-preload/contract|node_modules/valibot)' },
    ),
    forbid(
      'preload-imports-contract-and-electron',
      'The preload script binds IPC to the contract and nothing else.',
      { path: '^src-preload/index\\.ts$' },
      { pathNot: '^(src-preload/contract|node_modules/electron)' },
    ),
    forbid(
      'main-does-not-import-the-page',
      'Main and page share the contract only.',
      { path: '^src-main' },
      { path: '^(src-renderer|src-preload/index|test|scripts)' },
    ),
    forbid(
      'shells-are-leaves',
      'Nothing imports a shell but the entries.',
      { path: '^src-main', pathNot: '^src-main/(shell|terminal)/|^src-main/index\\.ts$' },
      { path: '^src-main/(shell|terminal)/' },
    ),
    forbid(
      'shell-and-terminal-apart',
      'The two shells share the core, not each other.',
      { path: '^src-main/shell/' },
      { path: '^src-main/terminal/' },
    ),
    forbid(
      'electron-only-in-shell',
      'One core in plain Node; electron values only in the shell.',
      { path: '^src-main', pathNot: '^src-main/shell/|^src-main/index\\.ts$' },
      { path: '^(node_modules/)?electron(-store)?(/|$)' },
    ),
    forbid(
      'sources-know-http-and-contract',
      'A source is client, wire and map; nothing of the core behind it.',
      { path: '^src-main/sources/([^/]+)/' },
      {
        path: '^src-main/',
        pathNot: '^src-main/(sources/$1/|http/|records/(seen-record|sanitise-text)\\.ts)',
      },
    ),
    forbid(
      'http-knows-nobody',
      'The door to the network stands alone.',
      { path: '^src-main/http/' },
      { path: '^src-main/', pathNot: '^src-main/http/' },
    ),
    forbid(
      'db-knows-nobody',
      'Storage stands alone.',
      { path: '^src-main/db/' },
      { path: '^src-main/', pathNot: '^src-main/db/' },
    ),
    forbid(
      'sample-stands-alone',
      'The sample archive is a stand-in for the network: it must not know the core.',
      { path: '^src-main/sample/' },
      { path: '^src-main/', pathNot: '^src-main/sample/' },
    ),
    forbid(
      'only-shells-compose',
      'compose.ts is built by the shells and used by nobody else.',
      { path: `^src-main/(${features.join('|')}|http|db)/` },
      { path: '^src-main/compose\\.ts$' },
    ),
    forbid(
      'ui-is-lowest',
      'ui -> ui, lib, i18n.',
      { path: '^src-renderer/ui/' },
      { path: '^src-renderer/(app|views|features)/' },
    ),
    forbid(
      'lib-knows-no-parts',
      'lib -> lib, i18n.',
      { path: '^src-renderer/(lib|i18n)/' },
      { path: '^src-renderer/(app|views|features|ui)/' },
    ),
    forbid(
      'features-below-views',
      'features -> ui, lib, features.',
      { path: '^src-renderer/features/' },
      { path: '^src-renderer/(app|views)/' },
    ),
    forbid(
      'views-below-app',
      'views -> features, ui, lib.',
      { path: '^src-renderer/views/' },
      { path: '^src-renderer/app/' },
    ),
    forbid(
      'no-unlisted-packages',
      'Every package used is in package.json.',
      { path: '^src-' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    ),
    forbid(
      'resolvable',
      'Every import leads somewhere.',
      { path: '^src-' },
      { couldNotResolve: true, pathNot: '\\.(woff2|png|webp|jpg|css)$' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      conditionNames: ['svelte', 'browser', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.svelte', '.js', '.mjs', '.json', '.css'],
    },
  },
};
