// docker-compose.yml and docker/Dockerfile as Docker reads them, as far as tests need it: commands and environments.
// Used by the test of the two files, and by `npm run image`, which builds and runs the image without Docker.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from './project-root';

export interface Service {
  image: string;
  command?: string[];
  /** null: passed on where it is set. */
  environment?: Record<string, string | null>;
  entrypoint?: string[];
  ports?: string[];
  volumes?: string[];
  container_name?: string;
  read_only?: boolean;
  depends_on?: Record<string, { condition: string }> | string[];
}

export const composeText = readFileSync(join(projectRoot, 'docker-compose.yml'), 'utf8');
export const dockerfile = readFileSync(join(projectRoot, 'docker', 'Dockerfile'), 'utf8');

export const servicesOf = (compose: string): Record<string, Service> =>
  (parse(compose, { merge: true }) as { services: Record<string, Service> }).services;

/** The command by which Docker looks whether a container of the image is well. */
export const healthCheck = JSON.parse(/HEALTHCHECK [^[]*(\[.*\])$/m.exec(dockerfile)?.[1] ?? '[]') as string[];

/** `${NAME:-default}` as Compose fills it in, from the inside; an empty variable counts as not set. */
function filledIn(value: string, env: Record<string, string>): string {
  const filled = value.replaceAll(/\$\{(\w+):-([^${}]*)\}/g, (_, name: string, other: string) => env[name] || other);
  return filled === value ? value : filledIn(filled, env);
}

/** A service's environment as Compose makes it of what is set; a name without a value is passed on. */
export const environmentOf = (service: Service | undefined, env: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(service?.environment ?? {}).flatMap(([name, value]) => {
      const given = value === null ? env[name] : filledIn(String(value), env);
      return given === undefined ? [] : [[name, given]];
    }),
  );
