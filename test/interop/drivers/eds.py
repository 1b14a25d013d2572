# evolution-data-server's calendar, as Evolution's invitation view uses it: `receive FILE` hands it an iTIP message, `list`
# prints uid, start, partstat and status of what it holds. Runs under dbus-run-session.
import sys

import gi

for name, version in (('ECal', '2.0'), ('EDataServer', '1.2'), ('ICalGLib', '3.0')):
    gi.require_version(name, version)
from gi.repository import ECal, EDataServer, ICalGLib

registry = EDataServer.SourceRegistry.new_sync(None)
client = ECal.Client.connect_sync(registry.ref_builtin_calendar(), ECal.ClientSourceType.EVENTS, 10, None)
if sys.argv[1] == 'receive':
    with open(sys.argv[2], newline='') as file:
        client.receive_objects_sync(ICalGLib.Parser.parse_string(file.read()), ECal.OperationFlags.NONE, None)
else:
    _, found = client.get_object_list_sync('#t', None)
    for component in found:
        start = component.get_dtstart()
        # A time in a zone counts in that zone, which the store keeps by itself.
        _, zone = client.get_timezone_sync(start.get_tzid(), None) if start.get_tzid() else (True, None)
        utc = start.convert_to_zone(ICalGLib.Timezone.get_utc_timezone()) if zone is None else start
        if zone is not None:
            start.set_timezone(zone)
            utc = start.convert_to_zone(ICalGLib.Timezone.get_utc_timezone())
        attendee = component.get_first_property(ICalGLib.PropertyKind.ATTENDEE_PROPERTY)
        partstat = attendee.get_first_parameter(ICalGLib.ParameterKind.PARTSTAT_PARAMETER) if attendee else None
        print(component.get_uid(), utc.as_ical_string(),
              partstat.get_partstat().value_nick if partstat else '-', component.get_status().value_nick)
