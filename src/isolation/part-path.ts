/** The path that a part is asked at. It is signed, so that what is meant for one extension is not taken by another. */
export const pathOf = (extension: string): string => `/${extension}/graphql`
