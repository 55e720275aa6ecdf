"""The lessons, in the order of the page."""

from labs.lesson import Lesson
from labs.lessons.adaptive import ADAPTIVE
from labs.lessons.broadcast import BROADCAST
from labs.lessons.buckets import BUCKETS
from labs.lessons.caching import CACHING
from labs.lessons.partitions import PARTITIONS
from labs.lessons.pushdown import PUSHDOWN
from labs.lessons.skew import SKEW
from labs.lessons.small_files import SMALL_FILES

LESSONS: dict[str, Lesson] = {
    lesson.name: lesson for lesson in (BROADCAST, PARTITIONS, SKEW, ADAPTIVE, BUCKETS, CACHING, SMALL_FILES, PUSHDOWN)
}
