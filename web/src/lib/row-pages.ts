// Rows of the catalogue that have a page of their own, which says more than the details beside the list.

const pages: Record<string, (id: number) => string> = {
  houses: (id) => `/space/houses/${id}`,
  rooms: (id) => `/space/rooms/${id}`,
};

/** undefined: the details are all there is. */
export const pageOf = (resource: string, id: number): string | undefined => pages[resource]?.(id);
