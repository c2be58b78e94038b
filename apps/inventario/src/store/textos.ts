/**
 * Spelt once: SQLite uses a partial index only for the very expression that it was made with. The
 * column stands first because SQLite would turn the comparison round, and then not recognise it.
 */
export const textoBajoMinimo = '"umbral_minimo" >= "fisico" - "reservado"'
