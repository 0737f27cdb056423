// The codes as a workbook: community, name, number, picture and address (4:112). Fetched when somebody asks for it.
import writeWorkbook from "write-excel-file/browser";

import { codeUrl, type Code, type Kind } from "./codes";
import { pictureOf, pngOf } from "@/lib/qr-picture";

export type Words = { site: string; title: string; number: string; picture: string; url: string };

const PICTURE_PX = 120;
const ROW_POINTS = 96;

/** progress: how many pictures are made. Ends early, with nothing, when `stopped` says so. */
export async function workbookOf(
  codes: readonly Code[],
  kind: Kind,
  address: string,
  words: Words,
  progress: (done: number) => void,
  stopped: () => boolean,
): Promise<Blob | null> {
  const images = [];
  const rows: object[][] = [
    [words.site, words.title, words.number, words.picture, words.url].map((value) => ({ value, type: String, fontWeight: "bold" })),
  ];
  for (const [index, code] of codes.entries()) {
    if (stopped()) return null;
    const url = codeUrl(address, kind, code.id);
    const cell = (value: string) => ({ value, type: String, alignVertical: "center", height: ROW_POINTS });
    rows.push([cell(code.site), cell(code.title), cell(code.number), cell(""), cell(url)]);
    images.push({
      content: await pngOf(await pictureOf(url, PICTURE_PX)),
      contentType: "image/png",
      width: PICTURE_PX,
      height: PICTURE_PX,
      dpi: 96,
      anchor: { row: index + 2, column: 4 },
      offsetX: 4,
      offsetY: 4,
      title: code.number,
    });
    progress(index + 1);
  }
  const columns = [{ width: 20 }, { width: 24 }, { width: 20 }, { width: 20 }, { width: 48 }];
  return writeWorkbook(rows as never, { columns, images, stickyRowsCount: 1 } as never).toBlob();
}
