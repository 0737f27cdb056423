// How many rows a page of a list has unless the address says otherwise.
import { remember, remembered } from "./storage";

export const PAGE_SIZES = [10, 20, 50, 100];
export const DEFAULT_PAGE_SIZE = 20;

export const rememberPageSize = (size: number) => remember("pageSize", size);

export function pageSize(): number {
  const size = remembered("pageSize", DEFAULT_PAGE_SIZE);
  return PAGE_SIZES.includes(size) ? size : DEFAULT_PAGE_SIZE;
}
