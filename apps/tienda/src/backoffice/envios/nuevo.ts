/** In an address, in the place of a code: no code begins so. */
export const nuevo = '_nuevo'
