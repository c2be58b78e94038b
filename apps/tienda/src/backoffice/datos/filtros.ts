export interface FiltrosProps<F> {
  readonly filtros: F
  readonly onChange: (filtros: F) => void
}

/** The filters with one of them put, or taken away where it is empty. */
export const conFiltro = <F extends object>(
  filtros: F,
  clave: keyof F & string,
  valor: string,
): { readonly [clave: string]: string } =>
  Object.fromEntries(Object.entries({ ...filtros, [clave]: valor }).filter(([, uno]) => uno !== ''))

/** What the control of a filter needs: what it says, and how it says something else. */
export const controlDe =
  <F extends object>(filtros: F, onChange: (nuevos: Readonly<Record<string, string>>) => void) =>
  (clave: keyof F & string) => ({
    value: String(filtros[clave] ?? ''),
    onChange: (valor: string) => onChange(conFiltro(filtros, clave, valor)),
  })
