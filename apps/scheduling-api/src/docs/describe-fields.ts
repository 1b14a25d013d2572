// Puts a description on every field of a JSON schema that has none of its own, from the tables in descriptions.ts.
// Called by openapi.ts, webhooks-section.ts and asyncapi.ts.

type Json = { [name: string]: unknown };

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/**
 * Returns a copy in which each property has a description: its own, else `place.name` of the table, else `name` of it.
 * What neither has stays without; docs-api.spec.ts finds it.
 */
export function describeFields<Node>(node: Node, place: string, table: Readonly<Record<string, string>>): Node {
  if (Array.isArray(node)) return node.map((each: unknown) => describeFields(each, place, table)) as Node;
  if (!isObject(node)) return node;
  const copy = Object.entries(node).map(([name, value]): [string, unknown] => [
    name,
    name === 'properties' && isObject(value)
      ? Object.fromEntries(Object.entries(value).map(([field, each]) => [field, described(field, each, place, table)]))
      : describeFields(value, place, table),
  ]);
  return Object.fromEntries(copy) as Node;
}

function described(field: string, schema: unknown, place: string, table: Readonly<Record<string, string>>): unknown {
  const inner = describeFields(schema, place, table);
  if (!isObject(inner) || inner['description'] !== undefined) return inner;
  const words = table[`${place}.${field}`] ?? table[field];
  return words === undefined ? inner : { ...inner, description: words };
}
