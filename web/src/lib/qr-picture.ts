// A QR code as a picture. The library is fetched with the page that shows codes.
import { toCanvas } from "qrcode";

/** Enough for 90 mm at 150 dpi. M: a quarter of the label may be scratched. */
const PIXELS = 480;

export async function pictureOf(url: string, pixels = PIXELS): Promise<HTMLCanvasElement> {
  const canvas = document.createElement("canvas");
  await toCanvas(canvas, url, { errorCorrectionLevel: "M", margin: 2, width: pixels });
  return canvas;
}

export const pngOf = (canvas: HTMLCanvasElement) =>
  new Promise<Blob>((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));

/** Hands a file to the person. */
export function save(blob: Blob, name: string) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Letters, digits and Chinese stay; what a file name may not have becomes a dash. */
export const fileName = (text: string) => text.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80);
