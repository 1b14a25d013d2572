// Decides which IANA zone a Windows time zone name means: Exchange and Outlook write these names as TZID.
// Called by the reader's zone lookup where the message brings no VTIMEZONE. Facts as CLDR publishes them (territory
// 001).

import { windowsNameShown } from './windows-display-names';

/** One zone a line: the IANA name, then the Windows names for it, with or without their "Standard Time". */
const table = `
Etc/GMT+12: Dateline
Etc/GMT+11: UTC-11
America/Adak: Aleutian
Pacific/Honolulu: Hawaiian
Pacific/Marquesas: Marquesas
America/Anchorage: Alaskan
Etc/GMT+9: UTC-09
America/Tijuana: Pacific Standard Time (Mexico)
Etc/GMT+8: UTC-08
America/Los_Angeles: Pacific
America/Phoenix: US Mountain
America/Mazatlan: Mountain Standard Time (Mexico) | Mexico Standard Time 2
America/Denver: Mountain
America/Whitehorse: Yukon
America/Guatemala: Central America
America/Chicago: Central
Pacific/Easter: Easter Island
America/Mexico_City: Central Standard Time (Mexico) | Mexico
America/Regina: Canada Central
America/Bogota: SA Pacific
America/Cancun: Eastern Standard Time (Mexico)
America/New_York: Eastern
America/Port-au-Prince: Haiti
America/Havana: Cuba
America/Indiana/Indianapolis: US Eastern
America/Grand_Turk: Turks And Caicos
America/Asuncion: Paraguay
America/Halifax: Atlantic
America/Caracas: Venezuela
America/Cuiaba: Central Brazilian
America/La_Paz: SA Western
America/Santiago: Pacific SA
America/St_Johns: Newfoundland
America/Araguaina: Tocantins
America/Sao_Paulo: E. South America
America/Cayenne: SA Eastern
America/Argentina/Buenos_Aires: Argentina
America/Nuuk: Greenland
America/Montevideo: Montevideo
America/Punta_Arenas: Magallanes
America/Miquelon: Saint Pierre
America/Bahia: Bahia
Etc/GMT+2: UTC-02 | Mid-Atlantic
Atlantic/Azores: Azores
Atlantic/Cape_Verde: Cape Verde
Etc/UTC: UTC | Coordinated Universal Time
Europe/London: GMT
Atlantic/Reykjavik: Greenwich
Africa/Sao_Tome: Sao Tome
Africa/Casablanca: Morocco
Europe/Berlin: W. Europe
Europe/Budapest: Central Europe
Europe/Paris: Romance
Europe/Warsaw: Central European
Africa/Lagos: W. Central Africa
Asia/Amman: Jordan
Europe/Bucharest: GTB
Asia/Beirut: Middle East
Africa/Cairo: Egypt
Europe/Chisinau: E. Europe
Asia/Damascus: Syria
Asia/Hebron: West Bank
Africa/Johannesburg: South Africa
Europe/Kyiv: FLE
Asia/Jerusalem: Israel
Africa/Juba: South Sudan
Europe/Kaliningrad: Kaliningrad
Africa/Khartoum: Sudan
Africa/Tripoli: Libya
Africa/Windhoek: Namibia
Asia/Baghdad: Arabic
Europe/Istanbul: Turkey
Asia/Riyadh: Arab
Europe/Minsk: Belarus
Europe/Moscow: Russian
Africa/Nairobi: E. Africa
Asia/Tehran: Iran
Asia/Dubai: Arabian
Europe/Astrakhan: Astrakhan
Asia/Baku: Azerbaijan
Europe/Samara: Russia Time Zone 3
Indian/Mauritius: Mauritius
Europe/Saratov: Saratov
Asia/Tbilisi: Georgian
Europe/Volgograd: Volgograd
Asia/Yerevan: Caucasus | Armenian
Asia/Kabul: Afghanistan
Asia/Tashkent: West Asia
Asia/Yekaterinburg: Ekaterinburg
Asia/Karachi: Pakistan
Asia/Qyzylorda: Qyzylorda
Asia/Kolkata: India
Asia/Colombo: Sri Lanka
Asia/Kathmandu: Nepal
Asia/Bishkek: Central Asia
Asia/Dhaka: Bangladesh
Asia/Omsk: Omsk
Asia/Yangon: Myanmar
Asia/Bangkok: SE Asia
Asia/Barnaul: Altai
Asia/Hovd: W. Mongolia
Asia/Krasnoyarsk: North Asia
Asia/Novosibirsk: N. Central Asia
Asia/Tomsk: Tomsk
Asia/Shanghai: China
Asia/Irkutsk: North Asia East
Asia/Singapore: Singapore
Australia/Perth: W. Australia
Asia/Taipei: Taipei
Asia/Ulaanbaatar: Ulaanbaatar
Australia/Eucla: Aus Central W.
Asia/Chita: Transbaikal
Asia/Tokyo: Tokyo
Asia/Pyongyang: North Korea
Asia/Seoul: Korea
Asia/Yakutsk: Yakutsk
Australia/Adelaide: Cen. Australia
Australia/Darwin: AUS Central
Australia/Brisbane: E. Australia
Australia/Sydney: AUS Eastern
Pacific/Port_Moresby: West Pacific
Australia/Hobart: Tasmania
Asia/Vladivostok: Vladivostok
Australia/Lord_Howe: Lord Howe
Pacific/Bougainville: Bougainville
Asia/Srednekolymsk: Russia Time Zone 10
Asia/Magadan: Magadan
Pacific/Norfolk: Norfolk
Asia/Sakhalin: Sakhalin
Pacific/Guadalcanal: Central Pacific
Asia/Kamchatka: Russia Time Zone 11 | Kamchatka
Pacific/Auckland: New Zealand
Etc/GMT-12: UTC+12
Pacific/Fiji: Fiji
Pacific/Chatham: Chatham Islands
Etc/GMT-13: UTC+13
Pacific/Tongatapu: Tonga
Pacific/Apia: Samoa
Pacific/Kiritimati: Line Islands`;

const fullName = (name: string): string => (/^UTC|Time/.test(name) ? name : `${name} Standard Time`).toLowerCase();

const zones = new Map(
  table
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [zone = '', names = ''] = line.split(': ');
      return names.split(' | ').map((name) => [fullName(name), zone] as const);
    }),
);

/** Every Windows name known, in lower case. */
export const windowsZoneNames = (): string[] => [...zones.keys()];

/**
 * The IANA zone of a Windows name such as `W. Europe Standard Time` or of what Windows shows to people ("(UTC+01:00)
 * Amsterdam, Berlin, …"), in any case, quoted or not, or null.
 */
export function windowsZone(name: string): string | null {
  const plain = name
    .trim()
    .replace(/^["']|["']$/g, '')
    .trim()
    .toLowerCase();
  const shown = windowsNameShown(plain);
  if (shown !== null) return zones.get(fullName(shown)) ?? null;
  // Outlook 2003 puts the name of the season, Exchange a number behind a name it has twice; the zone is the same.
  const season = plain.replace(/ daylight time/, ' standard time');
  return zones.get(season) ?? zones.get(season.replace(/ \d$/, '')) ?? null;
}
