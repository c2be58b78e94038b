import type { Filtros } from './filtros.ts'

// What the catalogue asks for, as the server foresees it, too: it tells the browser to ask for the
// same before any script runs.

/** Four, three or two in a row come out even. */
const porPagina = 24

export const consultaCatalogo = (filtros: Filtros) => ({ limite: porPagina, ...filtros })
