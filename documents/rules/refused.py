"""Why a file is refused, in sentences that say how to put it right."""

VIRUS = "We found a virus in this file and did not keep it"
LOCKED = "The file has a password. Remove it and upload again"
EMPTY = "The file is empty. Choose another file"
NOT_WHAT_ITS_NAME_SAYS = "What is in the file is not what its name says. Save it again as {} and upload that"
OLD_KIND = "This is an older kind of Office file. Save it as {} and upload it again"
DAMAGED = "The file is damaged. Open it, save it again and upload that"
TOO_LARGE = "The file holds more than we can check. Split it into smaller files"
MACROS = "The file has macros. Save a copy without them and upload that"
LINKS = "The file fetches things from other files or addresses. Replace them by what they show and upload it again"
EMBEDDED = "The file has other files inside it. Upload those on their own, and this one without them"
ACTIVE = "The file can do more than show pages: it has scripts, actions or attachments. Print it to a new PDF"
HIDDEN = "The workbook has a sheet that cannot be shown. Copy what is needed to a new workbook"
PIXELS = "The picture has more points than we can show. Make it smaller and upload it again"
UNCHECKED = "We could not check this file. Save it again, or as a PDF, and upload that"
CHANGED = "The file changed after it was received, so it is not used. Upload it again"


class FileRefused(Exception):
    """`str()` is the reason, without a full stop."""
