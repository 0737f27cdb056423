// A place for one file: dropped, or chosen by click or keyboard.
import { useId, useState, type ReactNode } from "react";

type Props = { accept: string; disabled?: boolean; onFile: (file: File) => void; testId: string; children: ReactNode };

export function FileDrop({ accept, disabled, onFile, testId, children }: Props) {
  const id = useId();
  const [over, setOver] = useState(false);
  const take = (file: File | undefined) => file && !disabled && onFile(file);
  return (
    <label
      htmlFor={id}
      className={`a-drop${over ? " a-drop-over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <input
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        data-testid={testId}
        onChange={(event) => {
          take(event.target.files?.[0]);
          // The same file again, corrected meanwhile, is a change as well.
          event.target.value = "";
        }}
      />
      {children}
    </label>
  );
}
