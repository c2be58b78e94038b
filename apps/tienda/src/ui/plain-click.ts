import type { MouseEvent } from 'react'

/** A press on a link that does not ask the browser for a new tab, a download or the like. */
export const isPlainClick = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent) =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey
