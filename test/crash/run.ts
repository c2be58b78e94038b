import type { ServiceName } from '@encargo/service-kit/run/config'
import type { Servable } from '@encargo/service-kit/http/entrance'
import type { Open, Outside } from '@encargo/service-kit/run/outside'
import { runService } from '@encargo/service-kit/run/run'
import { type ServiceConfig, startService } from '@encargo/service-kit/run/start-service'
import type { TObject } from '@sinclair/typebox'
import { armCrashPoint, aroundCalls, aroundPorts, watchWrites } from './points.ts'

/** Reads where this process is to die. What it answers is to be called once all of it is ready. */
export function readyToDie(): () => void {
  armCrashPoint(process.env, console.log)
  return watchWrites()
}

/** The world of a service that dies before or after its steps. */
export const mortalWorld = (name: ServiceName, outside: Outside): Outside => ({
  ...outside,
  fetch: aroundCalls(outside.fetch),
  around: aroundPorts(name),
})

/** What a service's `main.ts` does, in a world in which it dies where `CRASH_AT` says. */
export function runToDie<Name extends ServiceName, Schema extends TObject>(
  name: Name,
  schema: Schema,
  open: Open<ServiceConfig<Name, Schema>, Servable>,
): void {
  const started = readyToDie()
  const start = startService(name, schema, (config, outside) =>
    open(config, mortalWorld(name, outside)),
  )
  void runService(name, async (env) => {
    const running = await start(env)
    started()
    return running
  })
}
