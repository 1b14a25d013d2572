;; Gnus as a person uses it, in batch mode: opens the one letter of an mbox, then does what ACT names.
;; Environment: EML, WHO, NAME, ACT (export | accept | tentative | decline), SMTP_PORT, HOME_FOLDER.
(defvar home (file-name-as-directory (getenv "HOME_FOLDER")))
(setq user-mail-address (getenv "WHO") user-full-name (getenv "NAME")
      gnus-home-directory home gnus-directory (concat home "News/") message-directory (concat home "Mail/")
      gnus-init-file nil gnus-startup-file (concat home "newsrc") gnus-select-method '(nnnil "")
      gnus-secondary-select-methods nil gnus-message-archive-group nil gnus-save-newsrc-file nil
      gnus-read-newsrc-file nil gnus-use-dribble-file nil gnus-interactive-exit nil gnus-expert-user t
      mail-user-agent 'gnus-user-agent message-send-mail-function 'message-smtpmail-send-it
      smtpmail-smtp-server "127.0.0.1" smtpmail-smtp-service (string-to-number (getenv "SMTP_PORT"))
      message-confirm-send nil gnus-message-highlight-citation nil message-kill-buffer-on-exit t font-lock-global-modes nil
      org-agenda-files (list (concat home "calendar.org")) org-id-locations-file (concat home "ids")
      gnus-icalendar-org-capture-file (concat home "calendar.org") gnus-icalendar-org-capture-headline '("Meetings"))
(unless (file-exists-p gnus-icalendar-org-capture-file)
  (make-directory home t)
  (write-region "* Meetings\n" nil gnus-icalendar-org-capture-file))
(require 'org-agenda) (require 'gnus) (require 'gnus-icalendar) (require 'smtpmail) (require 'gnus-msg)
(gnus-icalendar-setup)
(gnus-icalendar-org-setup)
(gnus-no-server)
(gnus-group-read-ephemeral-group "letter"
  `(nndoc "letter" (nndoc-address ,(getenv "EML")) (nndoc-article-type mbox)) t (cons (current-buffer) 'summary) nil)
(with-current-buffer gnus-summary-buffer
  (gnus-summary-show-article)
  (with-current-buffer gnus-article-buffer
    (let ((event gnus-icalendar-event) (act (getenv "ACT")))
      (princ (format "shown: %s\n" (type-of event)))
      (if (equal act "export")
          (gnus-icalendar-sync-event-to-org event)
        (funcall (intern (concat "gnus-icalendar-reply-" act)))))))
(org-save-all-org-buffers)
