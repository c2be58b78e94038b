/**
 * Reads the named texts of an address that anybody may have written. What they may be, the page
 * decides: this runs in the shop's first script. `ids` names some dozen things; all else is short.
 */
export const textosDe =
  <const C extends string>(...claves: readonly C[]) =>
  (busqueda: Readonly<Record<string, unknown>>): { readonly [K in C]?: string } => {
    const textos: { [K in C]?: string } = {}
    for (const clave of claves) {
      const valor = busqueda[clave]
      // An address such as ?q=2024 arrives as a number, and ?activo=true as a truth value.
      const texto = typeof valor === 'string' ? valor : JSON.stringify(valor ?? '')
      if (valor !== undefined && valor !== null && texto.trim() !== '') {
        textos[clave] = texto.slice(0, clave === 'ids' ? 2_000 : 200)
      }
    }
    return textos
  }
