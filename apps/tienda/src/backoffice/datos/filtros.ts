/** The filters with one of them put, or taken away where it is empty. */
export const conFiltro = <F extends object>(
  filtros: F,
  clave: keyof F & string,
  valor: string,
): { readonly [clave: string]: string } =>
  Object.fromEntries(Object.entries({ ...filtros, [clave]: valor }).filter(([, uno]) => uno !== ''))
