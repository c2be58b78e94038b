import * as digitos from './identificacion-digitos.ts'
import { invisibles } from './identity-key.ts'

export const tiposIdentificacion = [
  'cedula',
  'ruc',
  'pasaporte',
  'dni',
  'ce',
  'cc',
  'nit',
  'rfc',
  'rut',
  'cuit',
  'ci',
  'rnc',
  'nif',
  'nie',
  'otro',
] as const
export type TipoIdentificacion = (typeof tiposIdentificacion)[number]

/** Whose number somebody is invoiced by; `pais` as in ISO 3166-1, two capitals. */
export interface Identificacion {
  readonly pais: string
  readonly tipo: TipoIdentificacion
  readonly numero: string
}

/** Whom an invoice is made out to. */
export interface Facturacion {
  /** Its number in the normal form. */
  readonly identificacion: Identificacion
  readonly razonSocial: string
  readonly direccion?: string
  readonly email?: string
}

interface Regla {
  readonly nombre: string
  /** Of the number in its normal form. */
  readonly forma: RegExp
  /** How the form is said to a person: "10 dígitos". */
  readonly como: string
  /** Left out where the rule is not public, or where real numbers are known to break it. */
  readonly verifica?: digitos.Verifica
}

/** Provinces 01 to 24; 30 and 50 are of those who are abroad. */
const provincia = '(?:0[1-9]|1[0-9]|2[0-4]|30|50)'

const otro: Regla = {
  nombre: 'el documento',
  forma: /^[\p{L}0-9]{3,30}$/u,
  como: 'de 3 a 30 letras o dígitos',
}

type Reglas = Partial<Record<TipoIdentificacion, Regla>>
const porPais: Readonly<Record<string, Reglas>> = {
  EC: {
    cedula: {
      nombre: 'la cédula',
      forma: RegExp(`^${provincia}[0-6][0-9]{7}$`),
      como: '10 dígitos, los dos primeros de una provincia',
      verifica: digitos.cedulaEc,
    },
    ruc: {
      nombre: 'el RUC',
      forma: RegExp(`^${provincia}[0-69][0-9]{7}(?!000)[0-9]{3}$`),
      como: '13 dígitos, los dos primeros de una provincia y los últimos casi siempre 001',
      verifica: digitos.rucEc,
    },
    pasaporte: {
      nombre: 'el pasaporte',
      forma: /^[A-Z0-9]{5,20}$/,
      como: 'de 5 a 20 letras o dígitos',
    },
  },
  PE: {
    dni: { nombre: 'el DNI', forma: /^[0-9]{8}$/, como: '8 dígitos' },
    ruc: {
      nombre: 'el RUC',
      forma: /^(?:10|15|16|17|20)[0-9]{9}$/,
      como: '11 dígitos y empieza por 10, 15, 16, 17 o 20',
      verifica: digitos.rucPe,
    },
    ce: {
      nombre: 'el carné de extranjería',
      forma: /^[A-Z0-9]{8,12}$/,
      como: 'de 8 a 12 letras o dígitos',
    },
  },
  CO: {
    cc: { nombre: 'la cédula de ciudadanía', forma: /^[0-9]{3,10}$/, como: 'de 3 a 10 dígitos' },
    nit: {
      nombre: 'el NIT',
      forma: /^[0-9]{6,11}$/,
      como: 'de 6 a 11 dígitos, con el de verificación al final',
      verifica: digitos.nitCo,
    },
    ce: { nombre: 'la cédula de extranjería', forma: /^[0-9]{3,10}$/, como: 'de 3 a 10 dígitos' },
  },
  MX: {
    // SAT gives out numbers whose last sign its own rule would not make, so it is not looked at.
    rfc: {
      nombre: 'el RFC',
      forma: /^[A-ZÑ&]{3,4}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[A-Z0-9]{3}$/,
      como: '12 o 13 caracteres: letras, una fecha (aammdd) y la homoclave',
    },
  },
  CL: {
    rut: {
      nombre: 'el RUT',
      forma: /^[0-9]{6,8}[0-9K]$/,
      como: 'de 6 a 8 dígitos y el verificador, que puede ser K',
      verifica: digitos.rutCl,
    },
  },
  AR: {
    dni: { nombre: 'el DNI', forma: /^[0-9]{7,8}$/, como: '7 u 8 dígitos' },
    cuit: {
      nombre: 'el CUIT o CUIL',
      forma: /^(?:2[0-7]|3[034]|5[015])[0-9]{9}$/,
      como: '11 dígitos y empieza por 20, 23, 24, 27, 30, 33 o 34',
      verifica: digitos.cuitAr,
    },
  },
  UY: {
    ci: {
      nombre: 'la cédula',
      forma: /^[0-9]{8}$/,
      como: '7 u 8 dígitos, con el verificador',
      verifica: digitos.ciUy,
    },
    rut: {
      nombre: 'el RUT',
      forma: /^(?:0[1-9]|1[0-9]|2[0-2])[0-9]{10}$/,
      como: '12 dígitos y empieza por 01 a 22',
      verifica: digitos.rutUy,
    },
  },
  PY: {
    ci: { nombre: 'la cédula', forma: /^[0-9]{5,8}$/, como: 'de 5 a 8 dígitos' },
    ruc: {
      nombre: 'el RUC',
      forma: /^[0-9]{4,9}$/,
      como: 'de 4 a 9 dígitos, con el verificador',
      verifica: digitos.rucPy,
    },
  },
  BO: {
    ci: {
      nombre: 'la cédula',
      forma: /^[0-9]{5,8}(?:[0-9][A-Z])?$/,
      como: 'de 5 a 8 dígitos y, si lo tiene, su complemento',
    },
    nit: { nombre: 'el NIT', forma: /^[0-9]{7,12}$/, como: 'de 7 a 12 dígitos' },
  },
  DO: {
    cedula: {
      nombre: 'la cédula',
      forma: /^[0-9]{11}$/,
      como: '11 dígitos',
      verifica: digitos.cedulaDo,
    },
    rnc: { nombre: 'el RNC', forma: /^[0-9]{9}$/, como: '9 dígitos', verifica: digitos.rncDo },
  },
  ES: {
    nif: {
      nombre: 'el NIF',
      forma: /^(?:[0-9]{8}[A-Z]|[KLM][0-9]{7}[A-Z]|[A-HJNP-SUVW][0-9]{7}[0-9A-J])$/,
      como: '9 caracteres: 8 dígitos y una letra, o una letra y lo demás',
      verifica: digitos.nifEs,
    },
    nie: {
      nombre: 'el NIE',
      forma: /^[XYZ][0-9]{7}[A-Z]$/,
      como: '9 caracteres: X, Y o Z, 7 dígitos y una letra',
      verifica: digitos.nieEs,
    },
  },
}

/** What a number can have against it, for those who say it in words of their own. */
export type MotivoIdentificacion = 'tipo' | 'forma' | 'digito'

export type IdentificacionVista =
  | { readonly ok: true; readonly identificacion: Identificacion }
  | { readonly ok: false; readonly motivo: MotivoIdentificacion; readonly detalle: string }

/** Kinds of document of a country; `otro` is what its list has no rule for, a foreign passport say. */
export const tiposDe = (pais: string): readonly TipoIdentificacion[] => [
  ...tiposIdentificacion.filter((tipo) => reglaDe(pais, tipo) !== undefined && tipo !== 'otro'),
  'otro',
]

function reglaDe(pais: string, tipo: TipoIdentificacion): Regla | undefined {
  if (tipo === 'otro') return otro
  return Object.hasOwn(porPais, pais) ? porPais[pais]?.[tipo] : undefined
}

const between = new RegExp(`[\\s.,\\-/\\u2010-\\u2015\\u2212\\uff0d${invisibles}]`, 'g')

/** The form that is kept and compared: capitals and digits, nothing between them. */
function normal(pais: string, tipo: TipoIdentificacion, numero: string): string {
  const signs = numero.normalize('NFKC').replace(between, '').toUpperCase()
  // An old number of seven digits is written without its zero, which it has where it is kept.
  return pais === 'UY' && tipo === 'ci' && signs.length === 7 ? `0${signs}` : signs
}

/** Who has that number, or a Spanish sentence on what is wrong with it that its owner can act on. */
export function verIdentificacion({ pais, tipo, numero }: Identificacion): IdentificacionVista {
  const regla = reglaDe(pais, tipo)
  if (!regla) {
    const tipos = tiposDe(pais).join(', ')
    const detalle = `El tipo «${tipo}» no es un documento de ${pais}. Elige uno de estos: ${tipos}.`
    return { ok: false, motivo: 'tipo', detalle }
  }
  const kept = normal(pais, tipo, numero)
  if (!regla.forma.test(kept)) {
    const detalle = `Revisa ${regla.nombre}: tiene ${regla.como}, y llegaron ${kept.length} caracteres.`
    return { ok: false, motivo: 'forma', detalle }
  }
  if (regla.verifica?.(kept) === false) {
    const detalle = `Revisa ${regla.nombre}: el dígito verificador no corresponde a los demás. Puede haber una cifra mal escrita.`
    return { ok: false, motivo: 'digito', detalle }
  }
  return { ok: true, identificacion: { pais, tipo, numero: kept } }
}
