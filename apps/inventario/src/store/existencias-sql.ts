/** What is read of a product's stock. */
export const columns = `producto_id AS productoId, fisico, reservado, faltan,
  umbral_minimo AS umbralMinimo, version, actualizado_en AS actualizadoEn`
