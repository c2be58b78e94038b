import { expect, test } from 'bun:test'
import { createHarness, persona } from './fixture.ts'

test('an erasure leaves nothing personal in the database file', async () => {
  const { send, admin, cliente, dataDir } = await createHarness()
  const file = `${dataDir}/auth.db`
  const jefa = await admin()
  const datos = persona({ nombre: 'Zoraida Quispe', cedula: '0912345678' })
  const ana = await cliente(datos, {
    'user-agent': 'Navegador-Singular',
    'x-test-address': '203.0.113.9',
  })
  const traces = [
    'zoraida',
    'quispe',
    '0912345678',
    'Navegador-Singular',
    '203.0.113.9',
    datos.email,
    'pasaje ombligo',
    'comercial quishpe',
  ]
  const direccion = { nombre: 'Z', calle: 'Pasaje Ombligo', ciudad: 'Cuenca', pais: 'EC' }
  await send('/me/direcciones', 'POST', direccion, ana.headers)
  const identificacion = { pais: 'EC', tipo: 'pasaporte', numero: 'AB1234' }
  const datosFactura = [{ identificacion, razonSocial: 'Comercial Quishpe' }]
  await send('/me/facturacion', 'PUT', { datos: datosFactura }, ana.headers)
  const stored = async () => {
    const files = [file, `${file}-wal`].map((one) => Bun.file(one).text())
    const bytes = (await Promise.all(files)).join('\n').toLowerCase()
    return traces.filter((trace) => bytes.includes(trace.toLowerCase()))
  }
  expect(await stored()).toEqual(traces)
  await send(`/usuarios/${ana.id}`, 'DELETE', undefined, jefa.headers)
  expect(await stored()).toEqual([])
})
