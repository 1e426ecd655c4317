/** Runs in a page of the tests: a tree grid over a made archive of any size, without the rest of the app. */
import { mount } from 'svelte';
import { MadeTree } from './made-tree.ts';
import TreePage from './TreePage.svelte';

const knobs = Object.fromEntries(new URLSearchParams(location.search));
document.documentElement.dataset['theme'] = knobs['theme'] ?? 'dark';
document.documentElement.style.fontSize = `${knobs['textZoom'] ?? 100}%`;

const target = document.getElementById('app');
if (target === null) throw new Error('there is no place for the tree');
mount(TreePage, { target, props: { made: new MadeTree(knobs), knobs } });
