package read

// advert tells whether a stranger offers wares or work: a trade, and no person of the
// village. His telephone number does not make him known.
func (l *line) advert(out *Reading) bool {
	return l.stranger() && l.shows("trade") && len(out.Mentions) == 0 && out.Kin == ""
}
