import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { textoDeFallo } from '../../textos/problemas.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { toast } from '../../ui/toast.tsx'
import { dispositivoDe } from './dispositivo.ts'

async function pedirSesiones(signal: AbortSignal) {
  return (await pedir(cliente().auth.me.sesiones.get(con(signal)))).datos
}
type SesionAbierta = Awaited<ReturnType<typeof pedirSesiones>>[number]

/** Where one is logged in, and the way to end what one does not know. */
export function Sesiones() {
  const t = useTextos()
  const consulta = useQuery({
    queryKey: ['sesiones'],
    queryFn: ({ signal }) => pedirSesiones(signal),
  })
  return (
    <section aria-labelledby="sesiones" className="carta flex flex-col gap-4 p-6 lg:col-span-2">
      <h2 id="sesiones" className="text-xl font-semibold">
        {t.cuenta.sesiones}
      </h2>
      <Loaded query={consulta} waiting={<Skeleton className="h-16" />}>
        {(abiertas) => (
          <ul className="divide-linea divide-y">
            {abiertas.map((una) => (
              <Fila key={una.id} sesion={una} />
            ))}
          </ul>
        )}
      </Loaded>
    </section>
  )
}

function Fila({ sesion }: { readonly sesion: SesionAbierta }) {
  const t = useTextos()
  const { fechaYHora } = useFormato()
  const consultas = useQueryClient()
  const cerrar = useMutation({
    mutationFn: () => pedir(cliente().auth.me.sesiones({ id: sesion.id }).delete()),
    onSuccess: () => toast(t.cuenta.sesionCerrada),
    onError: (error) => toast(textoDeFallo(t, error), { tone: 'bad' }),
    onSettled: () => consultas.invalidateQueries({ queryKey: ['sesiones'] }),
  })
  const dispositivo = dispositivoDe(sesion.dispositivo) ?? t.cuenta.dispositivo
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 py-3">
      <div>
        <p className="flex items-center gap-2 font-medium">
          <span>{dispositivo}</span>
          {sesion.actual && <Badge tone="good">{t.cuenta.estaSesion}</Badge>}
        </p>
        <p className="text-suave text-sm">
          <span>{t.cuenta.ultimoUso(fechaYHora(sesion.ultimoUsoEn))}</span>
          {sesion.direccion !== null && <span>{` · ${sesion.direccion}`}</span>}
        </p>
      </div>
      {!sesion.actual && (
        <Button
          look="secondary"
          size="small"
          busy={cerrar.isPending}
          aria-label={t.cuenta.cerrarSesionDe(dispositivo)}
          onClick={() => cerrar.mutate()}
        >
          {t.cuenta.cerrarSesion}
        </Button>
      )}
    </li>
  )
}
