/**
 * Runs in plain Node, any thread; pure. All that the pictures of the sample archive are of. A record keeps
 * its topic as a place in this list, so additions go to the end.
 */
import type { Topic } from './topic.ts';
import { groundTopics } from './topics-ground.ts';
import { skyTopics } from './topics-sky.ts';
import { worldTopics } from './topics-worlds.ts';

export const topicList: readonly Topic[] = [...worldTopics, ...skyTopics, ...groundTopics];
