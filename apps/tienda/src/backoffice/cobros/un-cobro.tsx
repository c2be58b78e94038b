import { useMutation, useQueryClient } from '@tanstack/react-query'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { copiar } from '../ui/copiar.ts'
import { Acto } from './acto.tsx'
import { CerrarReembolso } from './cerrar-reembolso.tsx'
import { cerrarCobro, type Cobro, consultarCobro, type Reembolso, refrescarPagos } from './datos.ts'
import { RecibirEste } from './recibir.tsx'
import { useTextosPago } from './textos.ts'

interface UnCobroProps {
  readonly cobro: Cobro
  /** What its method is called. */
  readonly metodo: string
}

const tonos: Record<Cobro['estado'], Tone> = {
  creado: 'neutral',
  abierto: 'warning',
  'en-proceso': 'warning',
  autorizado: 'warning',
  cobrado: 'good',
  cerrado: 'neutral',
}

/** One charge: how far it has come, what happened to its money, and what can be done about it. */
export function UnCobro({ cobro, metodo }: UnCobroProps) {
  const t = useTextosPago()
  const { dinero, fechaYHora } = useFormato()
  const { estado, importe, moneda, causa, expiraEn, ultimoRechazo, disputa, creadoEn } = cobro
  const { movimientos = [], reembolsos = [] } = cobro
  const abierto = esperaDinero(cobro)
  const detalles = [
    fechaYHora(creadoEn),
    causa !== null && t.causas[causa],
    abierto && t.hasta(fechaYHora(expiraEn)),
  ].filter((uno) => uno !== false)
  return (
    <li className="flex flex-col gap-2 py-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">{t.cobro(metodo, dinero(importe, moneda))}</p>
        <Badge tone={tonos[estado]}>{t.estadosCobro[estado]}</Badge>
      </div>
      <p className="text-suave text-sm">{detalles.join(' · ')}</p>
      {abierto && ultimoRechazo !== null && (
        <p className="text-sm break-words">{t.rechazo(ultimoRechazo)}</p>
      )}
      {disputa !== null && <Badge tone="bad">{t.disputas[disputa]}</Badge>}
      {movimientos.length > 0 && (
        <ul className="bg-hundido flex flex-col gap-1.5 rounded-xl px-3.5 py-2.5 text-sm">
          {movimientos.map(({ secuencia, tipo, importe: cuanto, referencia, en }) => (
            <li key={secuencia} className="flex flex-wrap items-baseline gap-x-3">
              <span className="min-w-0 flex-1 basis-40 wrap-anywhere">
                {`${t.movimientos[tipo]} · ${fechaYHora(en)} · ${referencia}`}
              </span>
              <span className="cifra">{dinero(cuanto, moneda)}</span>
            </li>
          ))}
        </ul>
      )}
      {reembolsos.map((uno) => (
        <Devolucion key={uno.id} reembolso={uno} {...{ cobro }} />
      ))}
      {abierto && <Botones {...{ cobro, metodo }} />}
    </li>
  )
}

function Devolucion({
  reembolso,
  cobro,
}: {
  readonly reembolso: Reembolso
  readonly cobro: Cobro
}) {
  const t = useTextosPago()
  const { dinero } = useFormato()
  const { importe, motivo, estado, referencia } = reembolso
  const cuanto = dinero(importe, cobro.moneda)
  const aMano = estado === 'enviado' && cobro.proveedor === 'manual'
  const como = aMano ? t.aManoEspera : t.estadosReembolso[estado]
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 text-sm">
      <p className="min-w-0 wrap-anywhere">
        <span className="font-medium">{t.reembolso(cuanto)}</span>{' '}
        <span>{`· ${[como, t.motivos[motivo] ?? motivo, referencia].filter(Boolean).join(' · ')}`}</span>
      </p>
      {(aMano || estado === 'fallido') && <CerrarReembolso {...{ id: reembolso.id, cuanto }} />}
    </div>
  )
}

/** What can be done about a charge that waits for its money. */
function Botones({ cobro, metodo }: UnCobroProps) {
  const t = useTextosPago()
  const textos = useTextos()
  const consultas = useQueryClient()
  const { id, url, proveedor } = cobro
  const pregunta = useMutation({
    mutationFn: () => consultarCobro(id),
    onSuccess: ({ estado }) => toast(t.preguntado(t.estadosCobro[estado])),
    onError: (error) => toast(textoDeFallo(textos, error), { tone: 'bad' }),
    onSettled: () => refrescarPagos(consultas),
  })
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      {proveedor === 'manual' ? (
        <RecibirEste cobro={cobro} nombre={metodo} />
      ) : (
        <Button
          look="secondary"
          size="small"
          busy={pregunta.isPending}
          aria-label={t.preguntarDe(metodo)}
          onClick={() => pregunta.mutate()}
        >
          {t.preguntar}
        </Button>
      )}
      {url !== null && (
        <Button
          look="secondary"
          size="small"
          onClick={() => (copiar(url) ? toast(t.copiado) : toast(t.sinCopiar, { tone: 'bad' }))}
        >
          {t.copiar}
        </Button>
      )}
      <Acto
        boton={t.cerrar}
        nombre={t.cerrarDe(metodo)}
        look="danger"
        size="small"
        titulo={t.cerrarDe(metodo)}
        texto={t.cerrarTexto}
        si={t.cerrarSi}
        hacer={async () => {
          const { estado } = await cerrarCobro(id)
          if (estado === 'cobrado') return t.llego
          return estado === 'cerrado' ? t.cerrado : t.sinCerrar
        }}
      />
    </div>
  )
}
