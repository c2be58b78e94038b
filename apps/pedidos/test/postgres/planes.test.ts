import { statements as porClave } from '@encargo/service-kit/obligations/statements'
import { planner } from '@encargo/storage/testing/plans'
import { describeOnPostgres, testDatabase } from '@encargo/storage/testing/postgres'
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { porBorrarDe } from '../../src/store/borrados.ts'
import { sentencias as avisos } from '../../src/store/avisos.ts'
import { iniciar } from '../../src/store/cobranza/inicio.ts'
import { lecturas as deDinero } from '../../src/store/cobranza/sumas.ts'
import { sentencias as cobranza } from '../../src/store/cobranza/store.ts'
import * as creaciones from '../../src/store/crear-varios.ts'
import { sentencias as conservar } from '../../src/store/conservar.ts'
import { sentencias as cupones } from '../../src/store/cupones.ts'
import { consultas as deCliente } from '../../src/store/de-cliente.ts'
import { sentencias as descartes } from '../../src/store/descartes.ts'
import { consultas as hechos } from '../../src/store/hechos.ts'
import { consultas as historial } from '../../src/store/historial.ts'
import { consultas as lista } from '../../src/store/lista.ts'
import * as marchas from '../../src/store/marcha-varios.ts'
import { sentencias as marcha } from '../../src/store/marcha.ts'
import { primeroDesde } from '../../src/store/momentos.ts'
import { sentencias as notas } from '../../src/store/notas.ts'
import { sentencias as obligaciones } from '../../src/store/obligaciones.ts'
import { openPedidosPostgres } from '../../src/store/postgres/open.ts'
import { escrituras, lecturas } from '../../src/store/resumen.ts'
import { sentencias as avisosDeEventos } from '../../src/store/seguidor-avisos.ts'
import { consultas as seguidor } from '../../src/store/seguidor.ts'
import { muchos } from './muchos.ts'

describeOnPostgres('with some thousand orders and whatever parameters, PostgreSQL', () => {
  let planes: ReturnType<typeof planner>
  /** Of before anything was sold: a connection keeps what it then thinks is best. */
  let alPrincipio: typeof planes
  const cierres: (() => Promise<unknown>)[] = []
  beforeAll(async () => {
    const url = await testDatabase()
    const storage = await openPedidosPostgres(url)
    planes = planner(url, 'pedidos')
    const vacia = await openPedidosPostgres(url, 'vacia')
    alPrincipio = planner(url, 'vacia')
    const cerrables = [storage, vacia, planes, alPrincipio]
    cierres.push(...cerrables.map((una) => () => una.close()))
    await planes.run(muchos(6_000))
  })
  afterAll(async () => void (await Promise.all(cierres.map((cerrar) => cerrar()))))

  test.each([
    ['all', lista.deTodos, 'Index Scan Backward using pedidos_pkey'],
    ['of a state', lista.deEstado, 'Index Scan Backward using pedidos_por_estado'],
    ['of a customer', lista.deCliente, 'Index Only Scan Backward using pedidos_de_cliente_pkey'],
    ['the newest', lista.recientes, 'Index Scan Backward using pedidos_pkey'],
    ['by when they run out', lista.porVencer, 'Index Scan using pedidos_por_vencer'],
    ['that are due', marcha.debidas, 'Index Scan using pedidos_con_intencion'],
    ['that have run out', marcha.vencidos, 'Index Only Scan using pedidos_por_vencer'],
    ['as they were sold', hechos.hechos, 'Index Scan using pedido_eventos_pkey'],
    ['as money moved', hechos.dinero, 'Index Scan using pedido_movimientos_por_en'],
    ['what was said', notas.notas, 'Index Scan Backward using pedido_notas_de_pedido'],
    ['as they went on', historial.deTodos, 'Index Scan using pedido_eventos_pkey'],
    ['as they are to be discarded', descartes.descartesViejos, 'Scan using descartes_por_edad'],
  ] as const)('walks for a list of orders along an index: %s', async (_, consulta, index) => {
    const pasos = await planes.plan(consulta)
    expect(pasos.find((paso) => paso.includes('Scan'))).toContain(index)
    expect(pasos.filter((paso) => /Seq Scan|Sort|Hash|Bitmap/.test(paso))).toEqual([])
  })

  test('looks for words at the newest orders, and then by the index of words', async () => {
    const pasos = (await planes.plan(lista.halladas)).join('; ')
    expect(pasos).toMatch(
      /Index Scan Backward using pedidos_palabras_pkey.+Bitmap Index Scan on pedidos_por_palabra/,
    )
    expect(pasos).not.toContain('Seq Scan')
  })

  const { mirar, inserciones } = creaciones
  const { proponer, terminar } = marchas
  const { deUno } = historial
  const todas = {
    iniciar,
    porBorrarDe,
    primeroDesde,
    deUno,
    mirar,
    ...inserciones,
    proponer,
    terminar,
  }
  const nombradas = [
    todas,
    avisos,
    avisosDeEventos,
    cobranza,
    conservar,
    cupones,
    deCliente,
    escrituras,
    lecturas,
    deDinero,
    { abonos: hechos.abonos, previos: hechos.previos },
    seguidor,
    descartes,
    porClave,
  ].flatMap((unas) => Object.entries(unas))
  test.each(nombradas)('reads through no table that grows: %s', async (_, consulta) => {
    const pasos = await Promise.all([planes.plan(consulta), alPrincipio.plan(consulta)])
    const recorridas = pasos.flat().flatMap((paso) => /Seq Scan on (\w+)/.exec(paso)?.[1] ?? [])
    // There are a handful of marks, and of the longest stretches a dozen for a year.
    expect(recorridas.filter((tabla) => !/^marcas|^resumen_tramos$/.test(tabla))).toEqual([])
  })

  test.each([
    ['waits', obligaciones.pendientes],
    ['failed', obligaciones.ultimoError],
  ] as const)('counts what %s without a look at what does not', async (_, consulta) => {
    const pasos = (await planes.plan(consulta)).join('; ')
    expect(pasos).toMatch(
      /Scan using pedidos_con_intencion|Bitmap Index Scan on pedidos_con_intencion/,
    )
    expect(pasos).not.toContain('Seq Scan on pedidos')
  })
})
