/** The place that an extension's secret is sealed for. */
export const secretPlace = (extension: string, secret: string): string => `${extension}.${secret}`
