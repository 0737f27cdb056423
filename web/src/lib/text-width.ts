// How wide a text of a table is, near enough to make room for it: px at 14 px.
export const textWidth = (text: string): number => [...text].reduce((sum, each) => sum + (each.charCodeAt(0) > 0x2e7f ? 14 : 7.4), 0);
