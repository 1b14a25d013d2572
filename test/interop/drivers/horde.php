<?php
// Horde_Itip as a web mail application calls it. Arguments: calendar file, address, name, answer, file for the mail.
// With `show` for an answer it only prints the title.
error_reporting(E_ALL & ~E_DEPRECATED & ~E_WARNING & ~E_NOTICE);
spl_autoload_register(function ($class) {
    $file = stream_resolve_include_path(str_replace(['\\', '_'], '/', $class) . '.php');
    if ($file) {
        require $file;
    }
});
[, $in, $address, $name, $answer, $out] = $argv;
$calendar = new Horde_Icalendar();
$calendar->parsevCalendar(file_get_contents($in), 'VCALENDAR', 'UTF-8');
foreach ($calendar->getComponents() as $component) {
    if ($component instanceof Horde_Icalendar_Vevent) {
        $event = $component;
    }
}
if ($answer === 'show') {
    echo $event->getAttribute('SUMMARY');
    exit;
}
$resource = new Horde_Itip_Resource_Base($address, $name);
$itip = Horde_Itip::prepareResponse($event, $resource);
$class = 'Horde_Itip_Response_Type_' . ucfirst($answer);
$type = new $class($resource, '');
$options = new Horde_Itip_Response_Options_Horde('UTF-8', ['dns' => 'horde.test', 'server' => 'mail.horde.test']);
[$headers, $body] = $itip->getMultiPartMessage($type, $options);
// Keeps what would be sent, instead of sending it.
$transport = new Horde_Mail_Transport_Mock();
$body->send($itip->getRequest()->getOrganizer(), $headers, $transport);
$sent = $transport->sentMessages[0];
$text = $sent['body'];
if (is_resource($text)) {
    rewind($text);
    $text = stream_get_contents($text);
}
file_put_contents($out, ($sent['header_text'] ?? '') . "\r\n\r\n" . $text);
