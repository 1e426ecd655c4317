/** Runs in the page. For what costs something to show: it waits until it is really seen. */
import type { Attachment } from 'svelte/attachments';

/** What only flies past is not seen. */
const dwellMs = 150;

/** Runs once the element has stood in view for a moment. */
export function whenSeen(run: () => void): Attachment {
  return (element) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver((entries) => {
      clearTimeout(timer);
      if (entries.at(-1)?.isIntersecting !== true) return;
      timer = setTimeout(() => {
        observer.disconnect();
        run();
      }, dwellMs);
    });
    observer.observe(element);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  };
}
