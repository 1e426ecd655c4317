/** Runs in the page. Types alone, so that plain TypeScript can name what a component takes. */
import type { Component } from 'svelte';
import type { LucideProps } from '@lucide/svelte';

/** One icon of the set: `import Image from '@lucide/svelte/icons/image'`. */
export type IconComponent = Component<LucideProps>;
