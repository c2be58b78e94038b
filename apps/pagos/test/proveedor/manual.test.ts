import { describe, expect, test } from 'bun:test'
import { machineClock } from '@encargo/service-kit/async/clock'
import { backgroundCall } from '@encargo/service-kit/peer/call-context'
import { casos, probar } from '../../../../scripts/probar-proveedor/casos.ts'
import { type Anotado, createManual } from '../../src/clients/manual.ts'
import { abrirBancoManual } from './banco-manual.ts'

describe('what people take by hand', () => {
  test.each(casos.map((caso) => [caso.nombre, caso] as const))('%s', async (_nombre, caso) => {
    await probar(caso, abrirBancoManual)
  })

  test('is open until all of it was written down, in however many parts', async () => {
    const captura = { tipo: 'captura', importe: 600, en: 1 } as const
    const anotado: Anotado = {
      cobroId: 'cobro',
      estado: 'abierto',
      causa: undefined,
      importe: 1200,
      moneda: 'USD',
      expiraEn: undefined,
      movimientos: [{ ...captura, referencia: 'recibo 1' }],
      reembolsos: [],
    }
    let libro = anotado
    const manual = createManual({ leer: () => Promise.resolve(libro), clock: machineClock })
    const estado = async () => (await manual.consultar('cobro', backgroundCall())).estado
    expect(await estado()).toBe('abierto')
    libro = { ...anotado, movimientos: [...anotado.movimientos, { ...captura, referencia: 'r 2' }] }
    expect(await estado()).toBe('cobrado')
  })
})
