import { describe, expect, test } from 'bun:test'
import {
  type TipoIdentificacion,
  tiposDe,
  verIdentificacion,
} from '../src/values/identificacion.ts'

type Caso = readonly [pais: string, tipo: TipoIdentificacion, numero: string, kept: string]

/** Numbers of public bodies, of examples of their offices, and of the tests of other libraries. */
const buenos: Caso[] = [
  ['EC', 'cedula', '171430710-3', '1714307103'],
  ['EC', 'cedula', ' 0962467429 ', '0962467429'],
  ['EC', 'ruc', '1714307103001', '1714307103001'],
  ['EC', 'ruc', '0962467429001', '0962467429001'],
  ['EC', 'ruc', '1760001550001', '1760001550001'],
  ['EC', 'ruc', '1790011674001', '1790011674001'],
  // Companies whose tenth digit no modulus makes, and that SRI knows.
  ['EC', 'ruc', '1793213150001', '1793213150001'],
  ['EC', 'ruc', '0993370026001', '0993370026001'],
  ['EC', 'pasaporte', 'ab-123456', 'AB123456'],
  ['PE', 'dni', '10117410', '10117410'],
  ['PE', 'ruc', '20-51233379-7', '20512333797'],
  ['PE', 'ruc', '20480977239', '20480977239'],
  ['PE', 'ce', '001234567', '001234567'],
  ['CO', 'cc', '1.018.464.851', '1018464851'],
  ['CO', 'nit', '213.123.432-1', '2131234321'],
  ['CO', 'nit', '900544472-2', '9005444722'],
  ['CO', 'nit', '1.018.464.851-9', '10184648519'],
  ['CO', 'ce', '345678', '345678'],
  ['MX', 'rfc', 'GODE 561231 GR8', 'GODE561231GR8'],
  ['MX', 'rfc', 'mab-930714-8t4', 'MAB9307148T4'],
  ['MX', 'rfc', 'Ñ&T130705MD6', 'Ñ&T130705MD6'],
  ['MX', 'rfc', 'XEXX010101000', 'XEXX010101000'],
  ['CL', 'rut', '76.086.428-5', '760864285'],
  ['CL', 'rut', '12.531.909-2', '125319092'],
  ['CL', 'rut', '6.000.000-k', '6000000K'],
  ['AR', 'dni', '20.123.456', '20123456'],
  ['AR', 'cuit', '20-05536168-2', '20055361682'],
  ['AR', 'cuit', '30-50001091-2', '30500010912'],
  ['UY', 'ci', '1.234.567-2', '12345672'],
  ['UY', 'ci', '123.456-1', '01234561'],
  ['UY', 'rut', '21-100342-001-7', '211003420017'],
  ['UY', 'rut', '211406340011', '211406340011'],
  ['PY', 'ci', '1.234.567', '1234567'],
  ['PY', 'ruc', '80028061-0', '800280610'],
  ['PY', 'ruc', '2660-3', '26603'],
  ['BO', 'ci', '1234567-1A', '12345671A'],
  ['BO', 'nit', '1020255020', '1020255020'],
  ['DO', 'cedula', '001-1391820-5', '00113918205'],
  ['DO', 'rnc', '1-01-85004-3', '101850043'],
  ['DO', 'rnc', '401505967', '401505967'],
  ['ES', 'nif', '54362315-K', '54362315K'],
  ['ES', 'nif', 'b-58378431', 'B58378431'],
  ['ES', 'nif', 'M-1234567-L', 'M1234567L'],
  ['ES', 'nif', 'Q2876031B', 'Q2876031B'],
  ['ES', 'nie', 'X-5253868-R', 'X5253868R'],
  ['ES', 'nie', 'x–2482300w', 'X2482300W'],
  ['BR', 'otro', '111.444.777-35', '11144477735'],
  ['EC', 'otro', 'P 0012', 'P0012'],
]

const malos: [...Caso][] = [
  ['EC', 'cedula', '1714307104', 'digito'],
  ['EC', 'cedula', '171430710', 'forma'],
  ['EC', 'cedula', '2714307104', 'forma'],
  ['EC', 'cedula', '1794307103', 'forma'],
  ['EC', 'ruc', '1714307104001', 'digito'],
  ['EC', 'ruc', '1714307103000', 'forma'],
  ['EC', 'ruc', '1714307103', 'forma'],
  ['EC', 'pasaporte', 'x', 'forma'],
  ['PE', 'dni', '1234567', 'forma'],
  ['PE', 'ruc', '20512333798', 'digito'],
  ['PE', 'ruc', '30512333797', 'forma'],
  ['PE', 'ce', '1', 'forma'],
  ['CO', 'cc', '1', 'forma'],
  ['CO', 'nit', '2131234325', 'digito'],
  ['CO', 'nit', '21312', 'forma'],
  ['CO', 'ce', 'abc', 'forma'],
  ['MX', 'rfc', 'GODE561331GR8', 'forma'],
  ['MX', 'rfc', 'RET130705', 'forma'],
  ['CL', 'rut', '12531909-3', 'digito'],
  ['CL', 'rut', '76086A28-5', 'forma'],
  ['AR', 'dni', '123', 'forma'],
  ['AR', 'cuit', '20267565392', 'digito'],
  ['AR', 'cuit', '2026756539', 'forma'],
  ['UY', 'ci', '12345673', 'digito'],
  ['UY', 'ci', '123', 'forma'],
  ['UY', 'rut', '210303670014', 'digito'],
  ['UY', 'rut', '12345678', 'forma'],
  ['PY', 'ci', '1', 'forma'],
  ['PY', 'ruc', '2660-4', 'digito'],
  ['BO', 'ci', '12', 'forma'],
  ['BO', 'nit', 'a', 'forma'],
  ['DO', 'cedula', '00113918204', 'digito'],
  ['DO', 'cedula', '001139182', 'forma'],
  ['DO', 'rnc', '101850042', 'digito'],
  ['DO', 'rnc', '1018A0043', 'forma'],
  ['ES', 'nif', '54362315Z', 'digito'],
  ['ES', 'nif', 'B64717839', 'digito'],
  ['ES', 'nif', '54362315', 'forma'],
  ['ES', 'nie', 'X2482300A', 'digito'],
  ['ES', 'nie', 'X2482300', 'forma'],
  ['EC', 'dni', '12345678', 'tipo'],
  ['BR', 'ruc', '12345678', 'tipo'],
  ['constructor', 'ruc', '12345678', 'tipo'],
  ['BR', 'otro', '--', 'forma'],
]

describe('an identification number', () => {
  test.each(buenos)('%s %s %s is kept as %s', (pais, tipo, numero, kept) => {
    const identificacion = { pais, tipo, numero: kept }
    expect(verIdentificacion({ pais, tipo, numero })).toEqual({ ok: true, identificacion })
    expect(verIdentificacion(identificacion)).toEqual({ ok: true, identificacion })
  })

  test.each(malos)('%s %s %s is refused for its %s', (pais, tipo, numero, motivo) => {
    expect(verIdentificacion({ pais, tipo, numero })).toMatchObject({ ok: false, motivo })
  })

  test('is refused with what to do about it', () => {
    const detalles = [
      verIdentificacion({ pais: 'EC', tipo: 'dni', numero: '1' }),
      verIdentificacion({ pais: 'EC', tipo: 'cedula', numero: '171430710' }),
      verIdentificacion({ pais: 'ES', tipo: 'nif', numero: '54362315Z' }),
    ].map((seen) => !seen.ok && seen.detalle)
    expect(detalles).toEqual([
      'El tipo «dni» no es un documento de EC. Elige uno de estos: cedula, ruc, pasaporte, otro.',
      'Revisa la cédula: tiene 10 dígitos, los dos primeros de una provincia, y llegaron 9 caracteres.',
      'Revisa el NIF: el dígito verificador no corresponde a los demás. Puede haber una cifra mal escrita.',
    ])
  })

  test('is of the kinds that its country has, and of `otro` anywhere', () => {
    const countries = ['EC', 'PE', 'CO', 'MX', 'CL', 'AR', 'UY', 'PY', 'BO', 'DO', 'ES', 'BR']
    expect(Object.fromEntries(countries.map((pais) => [pais, tiposDe(pais).join(' ')]))).toEqual({
      EC: 'cedula ruc pasaporte otro',
      PE: 'ruc dni ce otro',
      CO: 'ce cc nit otro',
      MX: 'rfc otro',
      CL: 'rut otro',
      AR: 'dni cuit otro',
      UY: 'rut ci otro',
      PY: 'ruc ci otro',
      BO: 'nit ci otro',
      DO: 'cedula rnc otro',
      ES: 'nif nie otro',
      BR: 'otro',
    })
  })

  test('whose last digit is another is not the same person: of ten one is taken', () => {
    const checked = new Set(['cedula', 'nit', 'rut', 'cuit', 'rnc', 'ruc'])
    for (const [pais, tipo, , kept] of buenos) {
      // Of a RUC of Ecuador the last digits are of a branch.
      if (!checked.has(tipo) || pais === 'EC' || pais === 'BO') continue
      const ends = Array.from('0123456789K', (sign) => kept.slice(0, -1) + sign)
      const taken = ends.filter((numero) => verIdentificacion({ pais, tipo, numero }).ok)
      expect(taken).toEqual([kept])
    }
  })
})
