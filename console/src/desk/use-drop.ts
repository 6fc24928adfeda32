import { type DragEvent, useState } from 'react';

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files');

/**
 * What makes of an element a place to drop files, and shows by `data-dropping` that it is one.
 * @param onFiles null when it takes none: the browser must not open them in its place either
 */
export function useDrop(onFiles: ((files: FileList) => void) | null) {
  const [isOver, setOver] = useState(false);
  return {
    'data-dropping': (isOver && onFiles !== null) || undefined,
    onDragOver: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = onFiles === null ? 'none' : 'copy';
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      onFiles?.(event.dataTransfer.files);
    },
  };
}
