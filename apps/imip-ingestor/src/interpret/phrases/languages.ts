// The commonest small words of each language: which language a text is in, and whether it is one whose times are read.
// Read by words/language.ts. Languages without a file under times/ stand here so that their words are not taken for
// another's.
export const smallWords = `
en: the | am | pm | mon | tue | tues | wed | thu | thurs | fri | sat | sun | noon | jan | feb | apr | jun | jul | aug
  | sept | oct | nov | dec | december | january | november | february | in | an | a |
  or | hours | hour | would | later | earlier | another | works | when | as | by | an | so | no | are | they | our |
  us | need | change | move | date | until | after | before | around | we | can | could | would | should | at |
  on | is | are | was | for | you | your | works | work | how | about | what | please | it | i | i'm | i'll | to |
  and | or | instead | of | my | me | if | today | tomorrow | next | between |
  from | that | this | but | not | do | does | don't | can't | let's | have | be | with | will | sorry | thanks | thank | time | meet | meeting | free | same | noon | pm | sounds | good | yes | see | there | then | suit | suits | unfortunately | any | only | available | make | monday | tuesday | wednesday | thursday | friday | saturday | sunday | morning | afternoon | evening | tonight
de: wir | dezember | januar | november | februar | gestern | dez | in | im | stunden | zum | zur | nach | ab | gegen | datum | nächste | nächsten | woche | statt | als | so | wann | noch | auf | es | können | kann | könnte | könnten | um | uhr | ich | ist | sind | am | und | oder | auch | nicht | mir | uns | mich | passt | geht | morgen | bitte | der | die | das | den | dem | es | lieber | ginge | halb | übermorgen | heute | montag | dienstag | mittwoch | donnerstag | freitag | samstag | sonntag | von | bis | aber | bei | wie | wäre | für | ein | eine | einen | leider | danke | nur | habe | bin | zu | auf | schaffe | mit | grüße | vielleicht | doch | wenn | sie | ihr | ja | nein | später | früher | treffen | termin | nachmittag | abend | zwischen
fr: à | peut-on | faire | fait | on peut | dès | serait-il | hier | déc | janv | févr | décembre | janvier | novembre | lun | mer | jeu | ven | sam | en | dans | entre | vers | date | dès | ce | jusqu | heures | je | vous | nous | le | la | les | est | de | du | des | peut | peux | on | demain | et | ou | pour | ça | pas | lundi | mardi | mercredi | jeudi | vendredi | samedi | dimanche | au | aux | lieu | plutôt | après | midi | possible | serait | mais | ne | heures | heure | prochain | un | une | que | qui | avec | merci | bonjour | désolé | désolée | aujourd'hui
  | il | suis | dans | sur | si | mon | ma | votre | notre | cela | c'est | j'ai | convient | disponible | plus | soir
  | matin | entre | oui | non | rendez-vous | pourrions-nous | pouvons-nous
es: el | o | dentro | desde | hasta | fecha | hacia | entre | esta | este | la | las | los | puedo | podemos |
  podríamos | de | es | mañana | y | para | me | mejor | lunes | martes | miércoles | jueves | viernes | sábado |
  domingo | en | lugar | que | por | tarde | no | pero | próximo | pasado | podría | una | un | con | del | al | se |
  lo | su | mi | estoy | gracias | hola | hoy | si | sí | está | sería | bien | qué | tal | cambiar | reunión | hora |
  horas | perfecto | lo | siento | prefiero | puede | nos | vemos | entre
it: il | in | tra | fra | dal | all | data | fino | verso | lo | la | le | di | che | è | e | possiamo | possibile |
  posso | per | un | una | alle | domani | lunedì | martedì | mercoledì | giovedì | venerdì | sabato | domenica | non
  | mi | ci | si | ma | come | con | del | della | dalle | grazie | ciao | oggi | va | bene | meglio | sono | fare |
  potremmo | sarebbe | anche | invece | ore | nel | al | ho | se | questo | questa | prossima | settimana | pomeriggio
  | mattina | oppure | dopodomani | buongiorno | vediamo | sposta | spostare | tra
pt: o | a | daqui | duas | desde | data | pelas | esta | este | os | as | um | uma | de | do | da | dos | das | que |
  não | é | e | para | com | em | no | na | podemos | poderíamos | pode | posso | amanhã | segunda-feira | terça-feira
  | quarta-feira | quinta-feira | sexta-feira | segunda | terça | quarta | quinta | sexta | sábado | domingo | às |
  ser | seria | melhor | mas | por | obrigado | obrigada | olá | hoje | eu | me | você | nós | sim | também | está |
  estou | tarde | manhã | noite | reunião | horas | depois | bom | boa | dia | vez | fica | ficar | entre | até
nl: de | in | over | tot | uren | datum | rond | komende | het | een | ik | we | wij | je | jij | u | kan | kunnen |
  is | zijn | van | en | of | op | om | voor | met | niet | maar | wel | dat | dit | die | bij | naar | morgen |
  vandaag | overmorgen | maandag | dinsdag | woensdag | donderdag | vrijdag | zaterdag | zondag | uur | graag | liever
  | past | mij | me | ons | ook | als | zou | kunt | dan | dank | bedankt | helaas | week | volgende | tussen | halve
  | kwart | afspraak | misschien | lukt | komt | uit | ochtend | middag | avond | vanavond | vanmiddag | geen | te |
  ja | nee
pl: i | za | godziny | godzin | data | przed | około | czas | w | na | z | do | nie | się | jest | to | o | że | czy |
  może | możemy | mogę | moglibyśmy | jutro | dziś | dzisiaj | pojutrze | poniedziałek | wtorek | środę | środa |
  czwartek | piątek | sobotę | niedzielę | godz | godzinie | godzina | proszę | mi | ja | my | ale | lub | albo | dla
  | od | po | być | będzie | byłoby | pasuje | odpowiada | dziękuję | lepiej | wolę | spotkanie | termin | rano |
  wieczorem | popołudniu | południe | niestety | cześć | dzień | dobry | między | za | przełożyć | tak | mam | we |
  jak
sv: och | timmar | datum | runt | efter | före | på | i | på | är | det | att | en | ett | som | för | av | med | den
  | inte | kan | vi | jag | du | om | men | eller | till | från | kl | klockan | imorgon | morgon | idag | måndag |
  tisdag | onsdag | torsdag | fredag | lördag | söndag | passar | hellre | skulle | mig | oss | vid | tack | hej |
  tyvärr | också | går | bra | bättre | mellan | halv | kvart | över | vecka | nästa | mötet | möte | kanske | ses |
  ha | har | eftermiddag | kväll | istället | funkar | gärna | ja | nej | vara | blir
ja: です | ます | ません | ください | でしょう | でき | お願い | いかが | どう | から | まで | に | は | を | が | の | も | 時 | 曜日 | 明日 | 今日
ar: في | من | على | الى | هل | يمكن | يمكننا | نستطيع | الساعة | غدا | يوم | اليوم | هذا | هذه | مع | لا | نعم | او |
  لكن | ان | ما | عن | بعد | قبل | شكرا | مرحبا | موعد | الموعد | افضل | مناسب | يناسبني | الاجتماع
da: og | i | på | er | det | at | en | et | som | for | af | med | den | ikke | kan | vi | jeg | du | om | men | eller
  | til | fra | kl | morgen | dag | mandag | tirsdag | onsdag | torsdag | fredag | lørdag | søndag | passer | hellere
  | gerne | tage | gøre | hvad | mig | os | ved | tak | hej | desværre | også | går | bedre | mellem | uge | næste |
  mødet | møde | måske | ses | har | eftermiddag | aften | stedet | ja | nej | være | bliver | tirsdag | klokken |
  hvis | muligt | eventuelt
no: og | i | på | er | det | at | en | et | som | for | av | med | den | ikke | kan | vi | jeg | du | om | men | eller
  | til | fra | kl | klokken | morgen | dag | mandag | tirsdag | onsdag | torsdag | fredag | lørdag | søndag | passer
  | heller | gjerne | hva | meg | oss | ved | takk | hei | dessverre | også | går | bedre | mellom | uke | neste |
  møtet | møte | kanskje | ses | har | ettermiddag | kveld | stedet | ja | nei | være | blir | hvis | mulig
fi: ja | on | ei | en | voi | voimme | voisimmeko | voisiko | huomenna | tänään | ylihuomenna | maanantaina |
  tiistaina | keskiviikkona | torstaina | perjantaina | lauantaina | sunnuntaina | klo | kello | sopii | sopisi |
  minulle | mutta | tai | se | että | kiitos | hei | valitettavasti | sijaan | ehkä | olisi | onko | mahdollista |
  ensi | viikolla | iltapäivällä | aamulla | minä | me | ole | kun
cs: a | je | se | v | na | že | to | s | z | do | ne | ale | nebo | můžeme | můžu | mohli | bychom | zítra | dnes |
  pozítří | pondělí | úterý | středu | středa | čtvrtek | pátek | sobotu | neděli | hodin | hodinu | prosím | mi |
  děkuji | lépe | raději | setkání | schůzku | ráno | večer | odpoledne | bohužel | dobrý | den | jestli | bylo | by |
  hodí | ve | jak | už
sk: a | je | sa | v | na | že | to | s | z | do | nie | ale | alebo | môžeme | môžem | mohli | zajtra | dnes |
  pozajtra | pondelok | utorok | stredu | štvrtok | piatok | sobotu | nedeľu | hodine | prosím | mi | ďakujem | radšej
  | stretnutie | ráno | večer | popoludní | bohužiaľ | dobrý | deň | by | hodí | vo | ako | už
hu: a | az | és | nem | hogy | is | egy | van | lehet | tudnánk | tudunk | holnap | ma | holnapután | hétfőn | kedden
  | szerdán | csütörtökön | pénteken | szombaton | vasárnap | órakor | óra | kérem | nekem | de | vagy | köszönöm |
  inkább | megfelel | jó | sajnos | szia | délután | reggel | este | jövő | héten | lenne
ro: și | si | este | nu | la | de | în | pe | cu | că | o | un | mâine | azi | astăzi | poimâine | luni | marți |
  miercuri | joi | vineri | sâmbătă | duminică | ora | putem | pot | aș | mai | bine | mulțumesc | dar | sau | pentru
  | din | vă | rog | întâlnirea | dimineața | după-amiaza | seara | săptămâna | viitoare | dacă
tr: ve | bir | bu | da | de | mi | mı | için | ile | ne | var | yok | değil | yarın | bugün | öbür | gün | pazartesi |
  salı | çarşamba | perşembe | cuma | cumartesi | pazar | saat | saatte | olur | olabilir | uygun | lütfen | bana |
  biz | ben | ama | veya | teşekkürler | maalesef | toplantı | sabah | akşam | öğleden | sonra | hafta | gelecek
id: dan | yang | di | ke | dari | untuk | dengan | ini | itu | tidak | bisa | besok | hari | senin | selasa | rabu |
  kamis | jumat | sabtu | minggu | jam | pukul | apakah | kita | saya | anda | atau | tapi | tolong | terima | kasih |
  lusa | pagi | siang | sore | malam | depan | maaf
vi: và | là | của | không | có | được | cho | với | tôi | bạn | chúng | ta | ngày | mai | hôm | nay | thứ | lúc | giờ
  | chiều | sáng | tối | nhé | xin | cảm | ơn
ca: i | el | la | els | les | de | és | que | no | per | amb | un | una | demà | avui | dilluns | dimarts | dimecres |
  dijous | divendres | dissabte | diumenge | podem | podríem | puc | hores | millor | però | o | gràcies | em | va |
  bé | tarda | matí | si | us | plau
hr: i | je | u | na | se | da | ne | za | s | od | do | ali | ili | možemo | mogu | sutra | danas | prekosutra |
  ponedjeljak | utorak | srijedu | četvrtak | petak | subotu | nedjelju | sati | sata | molim | hvala | bolje | radije
  | sastanak | ujutro | navečer | popodne | nažalost | bi | li | ponedeljak | sredu | nedelju | moglo | može
eo: la | kaj | ĉu | ni | povas | morgaŭ | hodiaŭ | je | horo | mi | ne | estas | por | lundo | mardo | merkredo |
  ĵaŭdo | vendredo
ru: и | в | на | не | что | я | мы | с | по | это | можно | можем | завтра | сегодня | послезавтра | понедельник |
  вторник | среду | четверг | пятницу | часов | часа | пожалуйста | мне | но | или | для | лучше | удобно | спасибо |
  если | давайте | будет
uk: і | в | на | не | що | я | ми | з | це | можна | можемо | завтра | сьогодні | післязавтра | понеділок | вівторок |
  середу | четвер | п'ятницю | годині | будь | ласка | мені | але | або | для | краще | зручно | дякую | якщо
el: και | το | να | είναι | στις | αύριο | σήμερα | μπορούμε | ώρα | για | με | δεν | ή | την | ευχαριστώ
he: אפשר | מחר | היום | בשעה | את | של | לא | אני | אנחנו | יום | תודה | או | עם | זה
zh: 的 | 是 | 我 | 们 | 可以 | 明天 | 今天 | 后天 | 星期 | 周 | 点 | 吗 | 们 | 下午 | 上午 | 請 | 谢谢 | 點 | 嗎
ko: 수 | 내일 | 오늘 | 시에 | 오후 | 오전 | 가능 | 있을까요 | 요일 | 감사합니다
fa: در | به | از | که | است | فردا | امروز | ساعت | می‌توانیم | آیا | را | با | برای | شنبه | لطفا | دوشنبه | چهارشنبه
`;
