import type { TipoIdentificacion } from './identificacion.ts'

type Nombres = Readonly<Record<TipoIdentificacion, string>>

/** What people call the documents, on pages and in mails. */
export const nombresDocumento: Readonly<Record<'es' | 'en', Nombres>> = {
  es: {
    cedula: 'Cédula',
    ruc: 'RUC',
    pasaporte: 'Pasaporte',
    dni: 'DNI',
    ce: 'Carné o cédula de extranjería',
    cc: 'Cédula de ciudadanía',
    nit: 'NIT',
    rfc: 'RFC',
    rut: 'RUT',
    cuit: 'CUIT o CUIL',
    ci: 'Cédula de identidad',
    rnc: 'RNC',
    nif: 'NIF',
    nie: 'NIE',
    otro: 'Otro documento',
  },
  en: {
    cedula: 'Cédula (national ID)',
    ruc: 'RUC',
    pasaporte: 'Passport',
    dni: 'DNI (national ID)',
    ce: 'Foreign resident’s card',
    cc: 'Cédula de ciudadanía',
    nit: 'NIT',
    rfc: 'RFC',
    rut: 'RUT',
    cuit: 'CUIT or CUIL',
    ci: 'Cédula de identidad',
    rnc: 'RNC',
    nif: 'NIF',
    nie: 'NIE',
    otro: 'Another document',
  },
}
