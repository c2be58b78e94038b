// The back office's pages of products and stock. Their places in the navigation stand in
// navegacion.tsx.

export const rutasCatalogo = [] as const
