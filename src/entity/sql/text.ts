/** `50%_off` -> `50\%\_off`: so that what people type means itself in `like`. */
export const escapeLike = (text: string): string => text.replace(/[\\%_]/g, character => `\\${character}`)
