// The classes, ids and names with which mail programs and web mailers mark what they append to a reply.
// Read by words/html-lines.ts. Each line is a small pattern for one whole class, id, name or data-marker.
export const htmlMarks = {
  /** An element that holds a quote, its attribution or a signature. */
  appended: `
gmail_attr
(?:[\\w-]{1,40}[-_])?signature(?:[-_][\\w-]{0,40})?
message(?:Signature|Reply)Section
quote
quoted-content
moz-(?:cite-prefix|txt-sig)
yahoo_quoted\\w{0,40}
ymail\\w{0,40}quote\\w{0,40}
protonmail_(?:quote|signature_block)[\\w-]{0,40}
tutanota_quote
zmail_extra\\w{0,40}
mailbird_\\w{0,40}quote\\w{0,40}
apple-mail-?signature
AppleMailSignature
fastmail-?quote
hs_reply
quoted-?(?:text|reply|message)
(?:e?mail|Apple)signature
replybody
originalmessage
isReplyContent
isForwardContent
divtagdefaultwrapper_quote
ms-outlook-mobile-signature
`,
  /** From here on nothing is the writer's: where Outlook, Zimbra and their like begin the mail that is answered. */
  quoteBegins: `
(?:x_){0,4}divRplyFwdMsg
(?:x_){0,4}appendonsend
zwchr
mail-editor-reference-message-container
reply-intro
OLK_SRC_BODY_SECTION
stopSpelling
lineBreakAtBeginningOfMessage_quote
ms-outlook-mobile-body-separator-line_quote
`,
} as const;
