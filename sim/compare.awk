# Compares the output beats of a testbench's result with those expected, and names the first difference.
#
#   awk -f compare.awk expected.txt RESULT

FILENAME == ARGV[1] {
  if (NF) expected[++count] = $1 " " $2
  next
}
$1 == "out" {
  beats++
  if ($2 " " $3 != expected[beats]) {
    print "cycle " $4 ": output beat " beats " is " $2 " " $3 ", expected " \
      (beats > count ? "none" : expected[beats])
    bad = 1
    exit
  }
}
$1 == "violation" || $1 == "timeout" {
  print
  bad = 1
  exit
}
$1 == "end" { ended = 1 }
END {
  if (!bad && (!ended || beats != count)) {
    print beats + 0 " of " count + 0 " output beats came"
    bad = 1
  }
  if (!bad) print "all " count " output beats are right"
  exit bad
}
