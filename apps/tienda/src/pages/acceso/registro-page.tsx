import { getRouteApi, Link, useRouter } from '@tanstack/react-router'
import { cliente, pedir, problemaDe } from '../../api.ts'
import { ErrorGeneral } from '../../formularios/error-general.tsx'
import { campoDe, useFormulario } from '../../formularios/formulario.ts'
import {
  contrasenaMaximo,
  contrasenaMinimo,
  correoMaximo,
  nombreMaximo,
  telefonoPatron,
} from '../../formularios/limites.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { entrar } from './entrar-page.tsx'
import { enlaceTexto, Hoja } from './hoja.tsx'

const ruta = getRouteApi('/registro')

export function RegistroPage() {
  const t = useTextos()
  const { volver } = ruta.useSearch()
  const router = useRouter()
  const { props, errores, general, enviando } = useFormulario({
    async enviar(datos) {
      const email = campoDe(datos, 'email')
      const password = String(datos.get('password'))
      const nombre = campoDe(datos, 'nombre')
      const telefono = campoDe(datos, 'telefono')
      const cuerpo = { email, password, nombre, ...(telefono === '' ? {} : { telefono }) }
      await pedir(cliente().auth.register.post(cuerpo))
      await entrar(email, password)
      toast(t.entrar.bienvenida(nombre))
      router.history.replace(volver ?? '/')
    },
    explicar: (error) =>
      problemaDe(error)?.codigo === 'email-en-uso'
        ? { campo: 'email', mensaje: t.registro.emailEnUso }
        : undefined,
  })
  return (
    <Hoja
      titulo={t.registro.titulo}
      pie={
        <p>
          {t.registro.yaTengo}{' '}
          <Link
            to="/entrar"
            search={volver === undefined ? {} : { volver }}
            className={enlaceTexto}
          >
            {t.entrar.boton}
          </Link>
        </p>
      }
    >
      <form {...props} className="flex flex-col gap-4">
        <ErrorGeneral texto={general} />
        <Field
          label={t.registro.nombre}
          name="nombre"
          autoComplete="name"
          required
          maxLength={nombreMaximo}
          error={errores['nombre']}
        />
        <Field
          label={t.entrar.correo}
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={correoMaximo}
          error={errores['email']}
        />
        <Field
          label={t.registro.telefono}
          optional={t.opcional}
          name="telefono"
          type="tel"
          autoComplete="tel"
          pattern={telefonoPatron}
          error={errores['telefono']}
        />
        <Field
          label={t.entrar.contrasena}
          hint={t.registro.contrasenaPista}
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={contrasenaMinimo}
          maxLength={contrasenaMaximo}
          error={errores['password']}
        />
        <Button type="submit" size="large" busy={enviando}>
          {t.registro.boton}
        </Button>
      </form>
    </Hoja>
  )
}
